package io.witan.engine.transformer;

import io.witan.engine.graph.Matrix;
import org.jspecify.annotations.Nullable;

/** The second half of a block. */
sealed interface FeedForward {
  /**
   * One network for all tokens.
   *
   * @param gate null where the activation is not gated, or where {@code up} makes both: first the
   *     gate's numbers, then its own
   */
  record Dense(@Nullable Projection gate, Projection up, Projection down) implements FeedForward {
    /** Numbers between the matrices. */
    int hidden() {
      return down.weight().columns();
    }

    boolean isJoined() {
      return gate == null && up.weight().rows() == 2 * hidden();
    }
  }

  /**
   * Several networks of which each token meets a few.
   *
   * @param router gives each expert's logit
   * @param shared met by every token in addition, or null
   * @param sharedGate its one-row gate, or null
   * @param beside a network whose result is added before the family's factor, or null
   */
  record MixtureOfExperts(
      Matrix router,
      Matrix gate,
      Matrix up,
      Matrix down,
      @Nullable Dense shared,
      @Nullable Matrix sharedGate,
      @Nullable Dense beside)
      implements FeedForward {}
}
