package io.witan.models.generation;

import java.util.Optional;

/** Knows the generator that answers now. */
public interface Generators {
  /** The active generator; empty while there is none, or it is still being loaded. */
  Optional<Generator> active();

  /** Drops what may be reused under a key, public or private. */
  default void forget(String key) {}

  /**
   * Drops what may be reused under any private key: what somebody may read has changed. What is
   * being written now is finished, and not kept.
   */
  default void forgetPrivate() {}
}
