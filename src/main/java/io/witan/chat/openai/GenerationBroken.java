package io.witan.chat.openai;

import io.witan.models.generation.GenerationEnd;
import io.witan.shared.Failure;

/** The generator ended before the answer was complete. */
final class GenerationBroken extends Failure {
  private static final long serialVersionUID = 1L;

  GenerationBroken(GenerationEnd.Reason reason) {
    super(
        "generation-broken",
        Kind.UNAVAILABLE,
        "The model stopped",
        reason == GenerationEnd.Reason.CANCELLED
            ? "The model was stopped before the answer was complete; ask again."
            : "The model could not go on with the answer; ask again, and tell an administrator if it stays.");
  }
}
