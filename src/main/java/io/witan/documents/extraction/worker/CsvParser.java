package io.witan.documents.extraction.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Delimited tables (RFC 4180, forgiving): the delimiter is the one that cuts rows most evenly. */
final class CsvParser implements Parser {

  private static final char[] DELIMITERS = {',', ';', '\t', '|'};
  private static final int SAMPLE_ROWS = 50;

  @Override
  public String version() {
    return "csv-1";
  }

  @Override
  public void parse(Source source, LinearText out) throws IOException {
    var text = TextCharset.decode(Files.readAllBytes(source.path()));
    if (text.startsWith("\uFEFF")) {
      text = text.substring(1);
    }
    char delimiter = delimiterOf(text);
    var table = new TableRows(out, true);
    var reader = new Rows(text, delimiter);
    while (reader.hasNext()) {
      table.row(reader.next());
    }
    table.write();
  }

  static char delimiterOf(String text) {
    char best = ',';
    double bestScore = 0;
    for (char delimiter : DELIMITERS) {
      double score = evenness(text, delimiter);
      if (score > bestScore) {
        bestScore = score;
        best = delimiter;
      }
    }
    return best;
  }

  /** Share of rows that have the most frequent width, for widths above one. */
  private static double evenness(String text, char delimiter) {
    var widths = new ArrayList<Integer>();
    var rows = new Rows(text, delimiter);
    while (rows.hasNext() && widths.size() < SAMPLE_ROWS) {
      widths.add(rows.next().size());
    }
    double best = 0;
    for (int width : widths) {
      if (width > 1) {
        long same = widths.stream().filter(w -> w == width).count();
        best = Math.max(best, same * (1 + width / 1000.0));
      }
    }
    return widths.isEmpty() ? 0 : best / widths.size();
  }

  private static final class Rows {
    private final String text;
    private final char delimiter;
    private int at;

    Rows(String text, char delimiter) {
      this.text = text;
      this.delimiter = delimiter;
    }

    boolean hasNext() {
      return at < text.length();
    }

    List<String> next() {
      var cells = new ArrayList<String>();
      while (true) {
        cells.add(cell());
        if (at >= text.length()) {
          return cells;
        }
        char c = text.charAt(at++);
        if (c != delimiter) {
          if (c == '\r' && at < text.length() && text.charAt(at) == '\n') {
            at++;
          }
          return cells;
        }
      }
    }

    private String cell() {
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
      int closing = at < text.length() && text.charAt(at) == '"' ? closingQuote(at + 1) : -1;
      if (closing > 0) {
        var value = text.substring(at + 1, closing).replace("\"\"", "\"");
        at = closing + 1;
        return value + rest();
      }
      return rest();
    }

    private String rest() {
      int start = at;
      while (at < text.length() && !isEnd(text.charAt(at))) {
        at++;
      }
      return text.substring(start, at).strip();
    }

    private boolean isEnd(char c) {
      return c == delimiter || c == '\n' || c == '\r';
    }

    /** A quote that is never closed is taken for a plain character. */
    private int closingQuote(int from) {
      for (int i = text.indexOf('"', from); i >= 0; i = text.indexOf('"', i + 1)) {
        if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
          i++;
        } else {
          return i;
        }
      }
      return -1;
    }
  }
}
