package io.witan.documents.upload;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes names from outside safe to store, compare and show. */
public final class FileNames {
  private static final int MAX_LENGTH = 400;
  private static final int MAX_TITLE = 200;
  // controls, and the invisible marks that turn "gpj.exe" into "exe.jpg"
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\uFFFD]+");
  private static final Pattern NO_TITLE =
      Pattern.compile(
          "(?i)(untitled|document|title|slide|presentation|sheet|book|microsoft word -.*"
              + "|powerpoint presentation|new document|无标题|未命名)\\s*\\d*");
  private static final Set<String> STAY = Set.of("", ".", "..");

  private FileNames() {}

  /** The name with its folders, separated by slashes, without anything that leads elsewhere. */
  public static String clean(@Nullable String sent) {
    var visible = visible(sent == null ? "" : sent).replace('\\', '/');
    if (visible.matches("[A-Za-z]:/.*")) {
      visible =
          visible.substring(visible.lastIndexOf('/') + 1); // a whole path of some Windows disk
    }
    var name =
        Arrays.stream(visible.split("/"))
            .map(String::strip)
            .filter(part -> !STAY.contains(part))
            .collect(Collectors.joining("/"));
    if (name.length() > MAX_LENGTH) {
      name = name.substring(name.length() - MAX_LENGTH).replaceFirst("^\\p{Cs}", "");
    }
    return name.isEmpty() ? "unnamed" : name;
  }

  /** The title to show: what the file says of itself, if that says anything. */
  public static String title(@Nullable String extracted, String fileName) {
    var own = extracted == null ? "" : visible(extracted).replaceAll("\\s+", " ").strip();
    if (own.length() < 2 || NO_TITLE.matcher(own).matches()) {
      return fromName(fileName);
    }
    return own.length() > MAX_TITLE ? own.substring(0, MAX_TITLE).strip() + "…" : own;
  }

  /** The last part of the name, without its extension. */
  public static String fromName(String fileName) {
    var last = fileName.substring(fileName.lastIndexOf('/') + 1);
    int dot = last.lastIndexOf('.');
    return dot > 0 && last.length() - dot <= 6 ? last.substring(0, dot) : last;
  }

  private static String visible(String text) {
    return UNSEEN.matcher(Normalizer.normalize(text, Normalizer.Form.NFC)).replaceAll(" ").strip();
  }
}
