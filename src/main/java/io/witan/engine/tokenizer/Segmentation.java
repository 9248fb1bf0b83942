package io.witan.engine.tokenizer;

/** How a vocabulary cuts plain text, in which no special token is looked for, into tokens. */
sealed interface Segmentation permits BytePairs, SentencePieces {
  /**
   * Appends the tokens of the text.
   *
   * @param atStart nothing but special tokens came before
   */
  void encode(String text, boolean atStart, IntList ids);

  /** The bytes that a token stands for; of a control token, its name. */
  byte[] bytes(int id);

  /** Whether the first token of a text carries a space that the text did not have. */
  boolean addsLeadingSpace();

  /** Whether decoding removes the spaces before punctuation. */
  boolean tidiesSpaces();
}
