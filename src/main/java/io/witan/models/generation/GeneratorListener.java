package io.witan.models.generation;

/** Follows one request. If it throws, the request ends. */
@FunctionalInterface
public interface GeneratorListener {
  /** The place in the queue has changed; 1 is next. */
  default void queued(int position) {}

  /** So many tokens of the prompt have been read. */
  default void reading(int tokens, int ofTokens) {}

  /** Something was generated. */
  void generated(GeneratedPiece piece);

  /** The last call. */
  default void ended(GenerationEnd end) {}
}
