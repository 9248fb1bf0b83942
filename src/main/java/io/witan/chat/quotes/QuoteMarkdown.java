package io.witan.chat.quotes;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Writes source text as Markdown in which every character means itself: a document cannot bring
 * images, HTML or formatting into an answer.
 */
final class QuoteMarkdown {
  private static final String SPECIAL = "\\`*_{}[]<>|~&$^=";
  private static final Pattern ORDERED = Pattern.compile("(\\d{1,9})([.)])(\\s.*)?");
  private static final Pattern BULLET = Pattern.compile("[-*•·▪◦‣–—■●]\\s+(.*)");
  private static final Pattern CELL = Pattern.compile(" \\| | \\|$|^\\| ");

  private QuoteMarkdown() {}

  /** Lines stay lines; bulleted and numbered ones become list items. */
  static String text(String source) {
    var lines = source.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    var out = new StringBuilder();
    boolean inList = false;
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      var bullet = BULLET.matcher(line);
      boolean item = bullet.matches() || ORDERED.matcher(line).matches();
      if (i > 0) {
        out.append(item == inList ? (item ? "\n" : "\\\n") : "\n\n");
      }
      out.append(bullet.matches() ? "- " + inline(bullet.group(1)) : lineStart(line));
      inList = item;
    }
    return out.toString();
  }

  /** Rows of a table, the first of which is its head; a single row becomes a line of text. */
  static String table(List<String> rows) {
    if (rows.size() < 2) {
      return text(rows.getFirst());
    }
    var cells = new ArrayList<List<String>>();
    rows.forEach(row -> row.lines().forEach(line -> cells.add(List.of(CELL.split(line, -1)))));
    int width = cells.stream().mapToInt(List::size).max().orElse(1);
    var out = new StringBuilder();
    for (int row = 0; row < cells.size(); row++) {
      appendRow(out, cells.get(row), width);
      if (row == 0) {
        out.append("|").append(" --- |".repeat(width)).append("\n");
      }
    }
    return out.toString().stripTrailing();
  }

  private static void appendRow(StringBuilder out, List<String> cells, int width) {
    out.append("|");
    for (int column = 0; column < width; column++) {
      var cell = column < cells.size() ? cells.get(column).strip() : "";
      out.append(" ").append(inline(cell)).append(" |");
    }
    out.append("\n");
  }

  /** A line of text: what would start a heading, a list or a rule there must not. */
  private static String lineStart(String line) {
    var ordered = ORDERED.matcher(line);
    if (ordered.matches()) {
      // stays a numbered item
      var rest = ordered.group(3);
      return ordered.group(1) + ordered.group(2) + (rest == null ? "" : inline(rest));
    }
    return "#+-".indexOf(line.charAt(0)) >= 0 ? "\\" + inline(line) : inline(line);
  }

  private static String inline(String text) {
    var out = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (SPECIAL.indexOf(c) >= 0) {
        out.append('\\');
      }
      out.append(c);
    }
    return out.toString();
  }
}
