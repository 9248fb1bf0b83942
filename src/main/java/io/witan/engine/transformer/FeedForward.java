package io.witan.engine.transformer;

import io.witan.engine.graph.Matrix;
import org.jspecify.annotations.Nullable;

/** The second half of a block. */
sealed interface FeedForward {
  /** One network for all tokens; {@code gate} is null where the activation is not gated. */
  record Dense(@Nullable Matrix gate, Matrix up, Matrix down) implements FeedForward {}

  /**
   * Several networks of which each token meets a few.
   *
   * @param router gives each expert's logit
   * @param shared met by every token in addition, or null
   * @param sharedGate its one-row gate, or null
   */
  record MixtureOfExperts(
      Matrix router,
      Matrix gate,
      Matrix up,
      Matrix down,
      @Nullable Dense shared,
      @Nullable Matrix sharedGate)
      implements FeedForward {}
}
