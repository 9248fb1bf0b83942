package io.witan.documents.chunking;

import org.jspecify.annotations.Nullable;

/**
 * A passage: the range [start, end) of a document's text, in UTF-16 code units.
 *
 * @param ordinal from 0, in order of the text
 * @param headingPath the headings above it, outermost first, joined by {@code " › "}; may be empty
 * @param language {@code "zh"} where Han characters dominate its letters, else {@code "en"}
 * @param page number of the page, slide or sheet it starts on
 */
public record Chunk(
    int ordinal, int start, int end, String headingPath, String language, @Nullable Integer page) {

  public Chunk {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException("empty chunk " + start + ".." + end);
    }
  }
}
