package io.witan.database;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where this machine gets its Debian packages from, read from apt's own configuration (both the
 * one-line and the deb822 form), so that a mirror or key set by an administrator is respected.
 */
final class AptSources {
  private static final Set<String> DEBIAN_SUITES =
      Set.of(
          "bullseye",
          "bookworm",
          "trixie",
          "forky",
          "sid",
          "oldstable",
          "stable",
          "testing",
          "unstable");
  private static final Pattern ONE_LINE =
      Pattern.compile("^deb\\s+(?:\\[([^\\]]*)\\]\\s+)?(\\S+)\\s+(\\S+)\\s+(.*)$");

  private AptSources() {}

  /**
   * A Debian archive.
   *
   * @param uris its addresses
   * @param signedBy the keyring (a path, or an embedded key) if one is named
   */
  record Archive(String uris, Optional<String> signedBy) {
    /** The deb822 source for one suite of it; the signature is always checked. */
    String source(String suite) {
      var text = new StringBuilder();
      text.append("Types: deb\nURIs: ").append(uris);
      text.append("\nSuites: ").append(suite).append("\nComponents: main\n");
      signedBy.ifPresent(key -> text.append("Signed-By: ").append(key).append('\n'));
      return text.toString();
    }
  }

  /**
   * The main Debian archives that apt is configured with.
   *
   * @param configuration {@code /etc/apt}
   */
  static List<Archive> debian(Path configuration) throws IOException {
    var archives = new ArrayList<Archive>();
    Path main = configuration.resolve("sources.list");
    if (Files.exists(main)) {
      oneLine(Files.readString(main), archives);
    }
    Path parts = configuration.resolve("sources.list.d");
    if (Files.isDirectory(parts)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(parts, "*.{list,sources}")) {
        for (Path file : files) {
          if (file.toString().endsWith(".list")) {
            oneLine(Files.readString(file), archives);
          } else {
            deb822(Files.readString(file), archives);
          }
        }
      }
    }
    return archives.stream().distinct().toList();
  }

  private static void oneLine(String text, List<Archive> archives) {
    for (String line : text.split("\n")) {
      var match = ONE_LINE.matcher(line.strip());
      if (!match.matches() || !isDebian(match.group(2), match.group(3), match.group(4))) {
        continue;
      }
      Optional<String> key = Optional.empty();
      String options = match.group(1) == null ? "" : match.group(1);
      for (String option : options.strip().split("\\s+")) {
        if (option.startsWith("signed-by=")) {
          key = Optional.of(option.substring("signed-by=".length()));
        }
      }
      archives.add(new Archive(match.group(2), key));
    }
  }

  private static void deb822(String text, List<Archive> archives) {
    for (String stanza : text.split("\n\\s*\n")) {
      Map<String, String> fields = fields(stanza);
      String uris = fields.getOrDefault("uris", "");
      boolean binary = List.of(fields.getOrDefault("types", "").split("\\s+")).contains("deb");
      boolean enabled = !fields.getOrDefault("enabled", "yes").equalsIgnoreCase("no");
      if (binary
          && enabled
          && isDebian(
              uris, fields.getOrDefault("suites", ""), fields.getOrDefault("components", ""))) {
        archives.add(new Archive(uris, Optional.ofNullable(fields.get("signed-by"))));
      }
    }
  }

  private static Map<String, String> fields(String stanza) {
    var fields = new LinkedHashMap<String, String>();
    String name = "";
    for (String line : stanza.split("\n")) {
      if (line.startsWith("#") || line.isBlank()) {
        continue;
      }
      if (Character.isWhitespace(line.charAt(0)) && !name.isEmpty()) {
        fields.merge(name, "\n" + line.stripTrailing(), String::concat);
        continue;
      }
      int colon = line.indexOf(':');
      if (colon > 0) {
        name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        fields.put(name, line.substring(colon + 1).strip());
      }
    }
    return fields;
  }

  /** Whether a source is a main Debian archive, and not its security part or somebody else's. */
  private static boolean isDebian(String uris, String suites, String components) {
    return !uris.isEmpty()
        && !uris.contains("security")
        && !uris.contains("ubuntu")
        && List.of(components.split("\\s+")).contains("main")
        && List.of(suites.split("\\s+")).stream().anyMatch(DEBIAN_SUITES::contains);
  }
}
