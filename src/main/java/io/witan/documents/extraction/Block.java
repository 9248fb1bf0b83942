package io.witan.documents.extraction;

/**
 * A structural unit of an extracted text.
 *
 * @param level 1–6 for headings, nesting depth from 1 for list items, else 0
 * @param start first UTF-16 code unit
 * @param end after the last UTF-16 code unit
 */
public record Block(Kind kind, int level, int start, int end) {

  public Block {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException("empty block " + start + ".." + end);
    }
  }

  /** What a block is; a TABLE is a whole table, its rows are the lines of its range. */
  public enum Kind {
    HEADING,
    PARAGRAPH,
    LIST_ITEM,
    TABLE,
    CODE,
    QUOTE,
    NOTE
  }
}
