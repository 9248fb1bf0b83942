package io.witan.chat.quotes;

/**
 * A part of a passage that can stand alone in an answer.
 *
 * @param start offset in the passage of its first UTF-16 code unit
 * @param end offset after its last
 * @param leadStart start of the table head that explains it; equal to {@code leadEnd} if none
 * @param leadEnd end of that table head, at most {@code start}
 */
record TextUnit(Kind kind, int start, int end, int leadStart, int leadEnd) {

  /** How a unit reads. */
  enum Kind {
    SENTENCE,
    /** List items, or another sentence, with the one that introduces them where there is one. */
    LIST,
    TABLE_ROW,
    HEADING
  }

  TextUnit {
    if (start < 0 || end <= start || leadStart < 0 || leadEnd < leadStart || leadEnd > start) {
      throw new IllegalArgumentException(
          "unit [%d, %d) with lead [%d, %d)".formatted(start, end, leadStart, leadEnd));
    }
  }

  static TextUnit of(Kind kind, int start, int end) {
    return new TextUnit(kind, start, end, 0, 0);
  }

  boolean hasLead() {
    return leadEnd > leadStart;
  }

  boolean overlaps(TextUnit other) {
    return start < other.end && other.start < end;
  }
}
