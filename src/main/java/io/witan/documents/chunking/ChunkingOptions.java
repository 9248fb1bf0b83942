package io.witan.documents.chunking;

/**
 * How large passages become. Words and Han characters add up: half the words plus half the
 * characters make one full passage.
 *
 * @param targetWords of a passage in a language with blanks between words
 * @param targetHanCharacters of a passage in Chinese
 * @param most the largest passage, as a multiple of the target
 * @param least a section smaller than this multiple of the target may be joined with the next one
 */
public record ChunkingOptions(int targetWords, int targetHanCharacters, double most, double least) {

  public ChunkingOptions {
    if (targetWords < 10 || targetHanCharacters < 20) {
      throw new IllegalArgumentException("passages of at least 10 words or 20 Han characters");
    }
    if (most < 1 || least < 0 || least >= 1) {
      throw new IllegalArgumentException("needs 0 <= least < 1 <= most");
    }
  }

  /** 180 words or 375 Han characters, at most 1.6 times that. */
  public static ChunkingOptions defaults() {
    return new ChunkingOptions(180, 375, 1.6, 0.12);
  }
}
