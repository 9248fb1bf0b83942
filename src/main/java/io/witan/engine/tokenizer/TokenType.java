package io.witan.engine.tokenizer;

/** What {@code tokenizer.ggml.token_type} says about a token, in the order of its numbers. */
enum TokenType {
  UNDEFINED,
  NORMAL,
  UNKNOWN,
  /** Steers the model and is no text: found in text only when asked for, never shown. */
  CONTROL,
  /** Found in text before anything else is split. */
  USER_DEFINED,
  UNUSED,
  /** One byte of what has no token, written {@code <0x0A>}. */
  BYTE;

  static TokenType of(int number) {
    return number < 0 || number >= values().length ? UNDEFINED : values()[number];
  }
}
