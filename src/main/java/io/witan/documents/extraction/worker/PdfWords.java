package io.witan.documents.extraction.worker;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words that a document writes within its lines, to tell a word broken at the end of a line
 * from a compound that has a hyphen of its own.
 */
final class PdfWords {
  private static final int MAX_WORD = 60;
  private static final int MAX_WORDS = 500_000;
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+(?:-[\\p{L}\\p{N}]+)*");

  private final Set<String> words = new HashSet<>();

  PdfWords(List<PdfPage> pages) {
    for (var page : pages) {
      for (var line : page.lines()) {
        add(line.text());
      }
    }
  }

  private void add(String line) {
    int broken = LineClues.endsInsideWord(line) ? line.length() - 1 : -1;
    var matcher = WORD.matcher(line);
    while (matcher.find() && words.size() < MAX_WORDS) {
      if (matcher.end() != broken && matcher.end() - matcher.start() <= MAX_WORD) {
        words.add(folded(matcher.group()));
      }
    }
  }

  /**
   * Whether the hyphen at the end of a line only says that the word goes on: "compi-" and then
   * "ler". What the document writes elsewhere decides; else two small letters around the break do.
   */
  boolean isBroken(String line, String next) {
    if (!LineClues.endsInsideWord(line) || next.isEmpty()) {
      return false;
    }
    var tail = WORD.matcher(next);
    if (!tail.lookingAt()) {
      return false;
    }
    var head = lastWord(line.substring(0, line.length() - 1));
    boolean joined = words.contains(folded(head + tail.group()));
    boolean hyphenated = words.contains(folded(head + "-" + tail.group()));
    return joined == hyphenated ? LineClues.isBrokenWord(line, next) : joined;
  }

  private static String lastWord(String text) {
    var last = "";
    var matcher = WORD.matcher(text);
    while (matcher.find()) {
      last = matcher.group();
    }
    return last;
  }

  private static String folded(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
