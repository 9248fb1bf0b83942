package io.witan.models.generation;

import java.util.Optional;

/** Knows the generator that answers now. */
public interface Generators {
  /** The active generator; empty while there is none, or it is still being loaded. */
  Optional<Generator> active();
}
