package io.witan.chat.quotes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A line of a passage without the white space around it, and what it looks like. */
record TextLine(Kind kind, int start, int end) {
  private static final Pattern ITEM =
      Pattern.compile(
          "(?:[-*+•·▪◦‣–—■●]\\s|\\(?\\d{1,3}[.)](?!\\d)|\\d{1,3}、|[（(]\\d{1,3}[）)]"
              + "|\\(?[a-zA-Z][.)]\\s|[（(]?[一二三四五六七八九十]{1,3}[）)、.]|[①-⑳])\\s*\\S");
  private static final String CELLS = " | ";

  /** What a line looks like. */
  enum Kind {
    BLANK,
    PROSE,
    ITEM,
    ROW,
    HEADING
  }

  boolean isBlank() {
    return kind == Kind.BLANK;
  }

  /**
   * The lines of a passage.
   *
   * @param headings lines that are headings, in lower case
   */
  static List<TextLine> of(String text, Set<String> headings) {
    var lines = new ArrayList<TextLine>();
    int from = 0;
    while (from <= text.length()) {
      int feed = text.indexOf('\n', from);
      int to = feed < 0 ? text.length() : feed;
      lines.add(line(text, from, to, headings));
      from = to + 1;
    }
    return lines;
  }

  private static TextLine line(String text, int from, int to, Set<String> headings) {
    int start = from;
    int end = to;
    while (start < end && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return new TextLine(kind(text.substring(start, end), headings), start, end);
  }

  private static Kind kind(String line, Set<String> headings) {
    if (line.isEmpty()) {
      return Kind.BLANK;
    }
    if (headings.contains(line.toLowerCase(Locale.ROOT))) {
      return Kind.HEADING;
    }
    if (line.contains(CELLS)) {
      return Kind.ROW;
    }
    return ITEM.matcher(line).lookingAt() ? Kind.ITEM : Kind.PROSE;
  }
}
