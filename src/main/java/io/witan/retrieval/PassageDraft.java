package io.witan.retrieval;

import org.jspecify.annotations.Nullable;

/**
 * A passage to be indexed.
 *
 * @param start offset of its first UTF-16 code unit in the text version
 * @param end offset after its last
 * @param headingPath headings above it, outermost first, joined by " › "; empty if none
 * @param language "en" or "zh": chooses the embedder
 * @param page 1-based page on which it starts, if the format has pages
 * @param text exactly the text version's [start, end)
 */
public record PassageDraft(
    int ordinal,
    int start,
    int end,
    String headingPath,
    String language,
    @Nullable Integer page,
    String text) {

  public PassageDraft {
    if (start < 0 || end - start != text.length()) {
      throw new IllegalArgumentException(
          "passage [%d, %d) does not fit a text of %d".formatted(start, end, text.length()));
    }
  }
}
