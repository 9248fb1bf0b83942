package io.witan.models.generation;

import io.witan.shared.Failure;

/** A generator ended before the answer was complete, and nothing better is known about it. */
public final class GenerationFailed extends Failure {
  private static final long serialVersionUID = 1L;

  public GenerationFailed() {
    super(
        "generation-failed",
        Kind.UNAVAILABLE,
        "The model could not go on",
        "The model stopped before the answer was complete; ask again, and tell an administrator"
            + " if it stays.");
  }

  /** Why there is no more: what the generator says of it, if that is for its reader. */
  public static Failure of(GenerationEnd end) {
    return end.failure() instanceof Failure known ? known : new GenerationFailed();
  }
}
