package io.witan.chat.writing;

import io.witan.shared.Failure;

/** The model could not go on with an answer. */
final class GenerationFailed extends Failure {
  private static final long serialVersionUID = 1L;

  GenerationFailed() {
    super(
        "generation-failed",
        Kind.UNAVAILABLE,
        "The model could not go on",
        "The model stopped before the answer was complete; ask again, and tell an administrator"
            + " if it stays.");
  }
}
