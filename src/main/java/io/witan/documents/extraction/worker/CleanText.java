package io.witan.documents.extraction.worker;

/** Normalises characters and white space, the same for every format. */
final class CleanText {

  private static final char REPLACEMENT = '\uFFFD';

  private CleanText() {}

  /** One line per line feed of the input, inner white space collapsed, blank lines dropped. */
  static String lines(CharSequence raw) {
    var out = new StringBuilder(raw.length());
    var pendingSpace = false;
    var lineHasText = false;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '\n' || c == '\u2028' || c == '\u2029' || c == '\u000B' || c == '\f') {
        if (lineHasText) {
          out.append('\n');
        }
        lineHasText = false;
        pendingSpace = false;
      } else if (isSpace(c)) {
        pendingSpace = lineHasText;
      } else {
        i = appendVisible(raw, i, out, pendingSpace);
        lineHasText = lineHasText || (!out.isEmpty() && out.charAt(out.length() - 1) != '\n');
        pendingSpace = pendingSpace && isDropped(c);
      }
    }
    trimEnd(out);
    return out.toString();
  }

  /** Like {@link #lines} but on a single line. */
  static String line(CharSequence raw) {
    return lines(raw).replace('\n', ' ');
  }

  /** Keeps inner white space and line feeds as they are (program text); tabs become blanks. */
  static String verbatim(CharSequence raw) {
    var out = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '\n') {
        trimSpacesEnd(out);
        out.append(c);
      } else if (c == '\t') {
        out.append("    ");
      } else if (isSpace(c)) {
        out.append(' ');
      } else {
        i = appendVisible(raw, i, out, false);
      }
    }
    trimEnd(out);
    int start = 0;
    while (start < out.length() && out.charAt(start) == '\n') {
      start++;
    }
    return out.substring(start);
  }

  /** True where lines before and after should be joined without a blank, as in Chinese. */
  static boolean joinsWithoutSpace(int before, int after) {
    return isWide(before) && isWide(after);
  }

  private static boolean isWide(int codePoint) {
    return Character.isIdeographic(codePoint)
        || (codePoint >= 0x3000 && codePoint <= 0x30FF)
        || (codePoint >= 0xFF00 && codePoint <= 0xFF60);
  }

  private static int appendVisible(CharSequence raw, int i, StringBuilder out, boolean space) {
    char c = raw.charAt(i);
    if (isDropped(c)) {
      return i;
    }
    if (space) {
      out.append(' ');
    }
    if (!Character.isSurrogate(c)) {
      out.append(c == '\uF0B7' || c == '\uF0A7' ? '•' : c);
      return i;
    }
    if (Character.isHighSurrogate(c)
        && i + 1 < raw.length()
        && Character.isLowSurrogate(raw.charAt(i + 1))) {
      out.append(c).append(raw.charAt(i + 1));
      return i + 1;
    }
    out.append(REPLACEMENT);
    return i;
  }

  private static boolean isSpace(char c) {
    return c == ' '
        || c == '\t'
        || c == '\r'
        || c == '\u00A0'
        || c == '\u0085'
        || Character.isSpaceChar(c);
  }

  private static boolean isDropped(char c) {
    return Character.isISOControl(c)
        || c == '\u00AD'
        || c == '\u200B'
        || c == '\u2060'
        || c == '\uFEFF'
        || c == '\uFFFE'
        || c == '\uFFFF';
  }

  private static void trimSpacesEnd(StringBuilder out) {
    while (!out.isEmpty() && out.charAt(out.length() - 1) == ' ') {
      out.setLength(out.length() - 1);
    }
  }

  private static void trimEnd(StringBuilder out) {
    while (!out.isEmpty()
        && (out.charAt(out.length() - 1) == '\n' || out.charAt(out.length() - 1) == ' ')) {
      out.setLength(out.length() - 1);
    }
  }
}
