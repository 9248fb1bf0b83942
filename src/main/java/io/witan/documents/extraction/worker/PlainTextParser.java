package io.witan.documents.extraction.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;

/** Plain text: paragraphs are what blank lines separate. */
final class PlainTextParser implements Parser {

  private static final Pattern BLANK_LINES =
      Pattern.compile("\\R[ \\t\\u3000]*(?:\\R[ \\t\\u3000]*)+");
  private static final int WRAPPED_LINE = 40;

  @Override
  public String version() {
    return "text-1";
  }

  @Override
  public void parse(Source source, LinearText out) throws IOException {
    read(TextCharset.decode(Files.readAllBytes(source.path())), out);
  }

  /** Also the body of an e-mail. */
  static void read(String text, LinearText out) {
    for (var paragraph : BLANK_LINES.split(text)) {
      out.paragraph(paragraph.length() > WRAPPED_LINE ? unwrap(paragraph) : paragraph);
    }
  }

  /** Joins lines that were broken at a fixed width; shorter lines were meant to end there. */
  private static String unwrap(String paragraph) {
    var lines = paragraph.lines().map(String::strip).toList();
    int widest = lines.stream().mapToInt(String::length).max().orElse(0);
    if (lines.size() < 2 || widest > 100) {
      return paragraph;
    }
    var joined = new StringBuilder(lines.getFirst());
    for (int i = 1; i < lines.size(); i++) {
      var before = lines.get(i - 1);
      var line = lines.get(i);
      var wrapped =
          before.length() >= WRAPPED_LINE
              && before.length() >= widest * 3 / 4
              && !line.isEmpty()
              && Character.isLowerCase(line.codePointAt(0));
      joined.append(wrapped ? ' ' : '\n').append(line);
    }
    return joined.toString();
  }
}
