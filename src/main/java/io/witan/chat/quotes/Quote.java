package io.witan.chat.quotes;

import io.witan.retrieval.Hit;
import java.util.List;

/**
 * A piece of an answer, verbatim.
 *
 * @param hit the passage it is from
 * @param ranges what is quoted, in order; more than one where a table row needs its head
 * @param table whether the ranges are rows of a table
 * @param score how well it fits the question; only comparable within one answer
 */
public record Quote(Hit hit, List<Range> ranges, boolean table, double score) {

  /**
   * A quoted part.
   *
   * @param start offset in the text version of its first UTF-16 code unit
   * @param end offset after its last
   * @param text exactly the text version's [start, end)
   */
  public record Range(int start, int end, String text) {

    public Range {
      if (end - start != text.length() || text.isEmpty()) {
        throw new IllegalArgumentException(
            "quote [%d, %d) does not fit a text of %d".formatted(start, end, text.length()));
      }
    }
  }

  public Quote {
    ranges = List.copyOf(ranges);
    if (ranges.isEmpty()) {
      throw new IllegalArgumentException("a quote needs a range");
    }
  }

  public int start() {
    return ranges.getFirst().start();
  }

  public int end() {
    return ranges.getLast().end();
  }

  /** A text as Markdown that shows its characters and nothing else. */
  public static String asMarkdown(String text) {
    return QuoteMarkdown.text(text);
  }

  /** The quote as Markdown that shows the source's characters and nothing else. */
  public String markdown() {
    var texts = ranges.stream().map(Range::text).toList();
    return table
        ? QuoteMarkdown.table(String.join("\n", texts).lines().toList())
        : QuoteMarkdown.text(texts.getFirst());
  }
}
