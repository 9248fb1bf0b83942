package io.witan.engine.serving;

import io.witan.engine.GeneratedToken;

/**
 * Hears about one request, in order, from a thread of its own: it may block, but not for longer
 * than its buffer lasts. If it throws, its request ends.
 */
@FunctionalInterface
public interface GenerationListener {
  /** The place in the queue has changed; 1 is next. Places in between may be left out. */
  default void queued(int position) {}

  /** So many tokens of the prompt have been read. Steps in between may be left out. */
  default void read(int tokens, int ofTokens) {}

  /** A token was generated. */
  void token(GeneratedToken token);

  /** The last call, after all tokens. */
  default void ended(GenerationResult result) {}
}
