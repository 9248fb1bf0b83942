package io.witan.documents.extraction.worker;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the first and last characters of a line tell about its role. */
final class LineClues {

  private static final String[] LIGATURES = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};

  /** Old TeX fonts without names for their glyphs have ff, fi, fl, ffi, ffl here. */
  private static final char TEX_LIGATURES = 0x0B;

  private static final Pattern BULLET = Pattern.compile("^[•◦▪‣●○■□➢➤✓✔∙·]\\s+(?=\\S)");
  private static final Pattern NUMBER =
      Pattern.compile("^(?:\\(?\\d{1,3}[.)]|\\(?[a-zA-Z][.)]|[（(]?[一二三四五六七八九十]+[）)、])\\s*(?=\\S)");
  private static final Pattern DASH = Pattern.compile("^[–*-]\\s+\\S");
  private static final Pattern NUMBERED = Pattern.compile("^\\(?(?:\\d{1,3}|[a-zA-Z])[.)]\\s+\\S");

  private LineClues() {}

  /** Ligatures as letters; control characters dropped. */
  static String normalised(@Nullable String unicode) {
    if (unicode == null) {
      return "";
    }
    if (unicode.length() == 1) {
      char c = unicode.charAt(0);
      if (c >= '\uFB00' && c <= '\uFB06') {
        return LIGATURES[c - '\uFB00'];
      }
      if (c >= TEX_LIGATURES && c < TEX_LIGATURES + 5) {
        return LIGATURES[c - TEX_LIGATURES];
      }
      if (c > ' ' && c < 0x7F) {
        return unicode;
      }
    }
    // a blank in front keeps blanks: cleaning trims
    return unicode.isBlank() ? " " : CleanText.line(unicode);
  }

  static boolean soundsBold(String fontName) {
    var name = fontName.toLowerCase(Locale.ROOT);
    return name.contains("bold")
        || name.contains("black")
        || name.contains("heavy")
        || name.contains("demi");
  }

  /**
   * Characters of a leading bullet and the blanks behind it, 0 where there is none. Dashes stay:
   * somebody typed them.
   */
  static int bulletLength(String line) {
    var matcher = BULLET.matcher(line);
    return matcher.find() ? matcher.end() : 0;
  }

  static boolean startsItem(String line) {
    return bulletLength(line) > 0
        || DASH.matcher(line).find()
        || NUMBERED.matcher(line).find()
        || (NUMBER.matcher(line).find() && Character.isIdeographic(line.codePointAt(0)));
  }

  static boolean endsSentence(String line) {
    int last = line.codePointBefore(line.length());
    return ".!?:;。！？：；…".indexOf(last) >= 0;
  }

  static int firstWordLength(String line) {
    if (Character.isIdeographic(line.codePointAt(0))) {
      return 1;
    }
    int space = line.indexOf(' ');
    return space < 0 ? line.length() : space;
  }

  /** A hyphen after a letter: the word, or the compound, goes on in the next line. */
  static boolean endsInsideWord(String line) {
    int length = line.length();
    return length >= 2
        && line.charAt(length - 1) == '-'
        && Character.isLetter(line.codePointBefore(length - 1));
  }

  /** A word broken at the end of a line: "compi-" and then "ler". */
  static boolean isBrokenWord(String line, String next) {
    int length = line.length();
    if (length < 3 || line.charAt(length - 1) != '-' || !isLower(line, length - 2)) {
      return false;
    }
    int wordStart = line.lastIndexOf(' ') + 1;
    boolean hasOtherHyphen = line.substring(wordStart, length - 1).indexOf('-') >= 0;
    return !hasOtherHyphen && !next.isEmpty() && isLower(next, 0);
  }

  private static boolean isLower(String text, int index) {
    return Character.isLowerCase(text.charAt(index));
  }
}
