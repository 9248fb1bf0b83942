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
  private static final Pattern EDGES = Pattern.compile("^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{N}]+$");

  private final Set<String> words = new HashSet<>();

  PdfWords(List<PdfPage> pages) {
    for (var page : pages) {
      for (var line : page.lines()) {
        add(line.text());
      }
    }
  }

  private void add(String line) {
    var parts = line.split(" ");
    for (int i = 0; i < parts.length && words.size() < MAX_WORDS; i++) {
      boolean isCut = i == parts.length - 1 && LineClues.endsInsideWord(line);
      if (!isCut && parts[i].length() <= MAX_WORD) {
        words.add(folded(parts[i]));
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
    var head = line.substring(line.lastIndexOf(' ') + 1);
    int space = next.indexOf(' ');
    var tail = space < 0 ? next : next.substring(0, space);
    boolean joined = words.contains(folded(head.substring(0, head.length() - 1) + tail));
    boolean hyphenated = words.contains(folded(head + tail));
    return joined == hyphenated ? LineClues.isBrokenWord(line, next) : joined;
  }

  private static String folded(String word) {
    return EDGES.matcher(word).replaceAll("").toLowerCase(Locale.ROOT);
  }
}
