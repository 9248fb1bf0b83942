package io.witan.documents.chunking;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import io.witan.documents.extraction.Block;
import java.util.ArrayList;
import java.util.List;

/** Cuts a block that is too large: tables and code by lines, running text by sentences. */
final class BlockSplitter {

  private static final double LARGEST_OVERLAP = 0.25;

  private final String text;
  private final TextMeasure measure;
  private final double most;

  BlockSplitter(String text, TextMeasure measure, double most) {
    this.text = text;
    this.measure = measure;
    this.most = most;
  }

  /** Ranges in order; those of running text overlap by one sentence. */
  List<Range> split(Block block) {
    return switch (block.kind()) {
      case TABLE, CODE -> grouped(lines(block.start(), block.end()), false);
      case HEADING, PARAGRAPH, LIST_ITEM, QUOTE, NOTE ->
          grouped(sentences(block.start(), block.end()), true);
    };
  }

  /** Puts neighbours together to ranges of about the same size, none larger than allowed. */
  private List<Range> grouped(List<Range> parts, boolean overlapping) {
    double total = parts.stream().mapToDouble(Range::size).sum();
    double share = total / Math.ceil(total);
    var ranges = new ArrayList<Range>();
    int first = 0;
    double size = 0;
    for (int i = 0; i < parts.size(); i++) {
      double next = parts.get(i).size();
      if (size > 0 && (size + next / 2 > share || size + next > most)) {
        ranges.add(new Range(parts.get(first).start(), parts.get(i - 1).end(), size));
        boolean repeats =
            overlapping
                && i - 1 > first
                && parts.get(i - 1).size() <= LARGEST_OVERLAP
                && parts.get(i - 1).size() + next <= most;
        first = repeats ? i - 1 : i;
        size = repeats ? parts.get(i - 1).size() : 0;
      }
      size += next;
    }
    ranges.add(new Range(parts.get(first).start(), parts.getLast().end(), size));
    return ranges;
  }

  private List<Range> lines(int start, int end) {
    var lines = new ArrayList<Range>();
    for (int at = start; at < end; ) {
      int lineEnd = text.indexOf('\n', at);
      lineEnd = lineEnd < 0 || lineEnd > end ? end : lineEnd;
      if (!text.substring(at, lineEnd).isBlank()) {
        var line = range(at, lineEnd);
        if (line.size() > most) {
          lines.addAll(sentences(at, lineEnd));
        } else {
          lines.add(line);
        }
      }
      at = lineEnd + 1;
    }
    return lines;
  }

  private List<Range> sentences(int start, int end) {
    var locale = "zh".equals(TextMeasure.languageOf(text, start, end)) ? "zh" : "en";
    var breaks = BreakIterator.getSentenceInstance(ULocale.forLanguageTag(locale));
    var sentences = new ArrayList<Range>();
    for (var sentence : pieces(breaks, start, end)) {
      if (sentence.size() > most) {
        sentences.addAll(parts(sentence));
      } else {
        sentences.add(sentence);
      }
    }
    return sentences;
  }

  /** A sentence without an end: cut where a line could be broken, else between characters. */
  private List<Range> parts(Range sentence) {
    var parts = new ArrayList<Range>();
    var lines = BreakIterator.getLineInstance(ULocale.ENGLISH);
    for (var part : pieces(lines, sentence.start(), sentence.end())) {
      int at = part.start();
      while (part.end() - at > 0 && range(at, part.end()).size() > most / 2) {
        int cut = Math.min(part.end(), at + 256);
        cut -= cut < part.end() && Character.isHighSurrogate(text.charAt(cut - 1)) ? 1 : 0;
        parts.add(range(at, cut));
        at = cut;
      }
      if (at < part.end()) {
        parts.add(range(at, part.end()));
      }
    }
    return parts;
  }

  private List<Range> pieces(BreakIterator breaks, int start, int end) {
    breaks.setText(text.substring(start, end));
    var pieces = new ArrayList<Range>();
    int from = breaks.first();
    for (int to = breaks.next(); to != BreakIterator.DONE; from = to, to = breaks.next()) {
      int trimmed = trimmedEnd(start + from, start + to);
      if (trimmed > start + from) {
        pieces.add(range(start + from, trimmed));
      }
    }
    return pieces;
  }

  private int trimmedEnd(int start, int end) {
    int at = end;
    while (at > start && Character.isWhitespace(text.charAt(at - 1))) {
      at--;
    }
    return at;
  }

  private Range range(int start, int end) {
    return new Range(start, end, measure.of(text, start, end));
  }

  record Range(int start, int end, double size) {}
}
