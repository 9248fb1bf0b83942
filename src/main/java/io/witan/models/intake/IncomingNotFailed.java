package io.witan.models.intake;

import io.witan.shared.Failure;

/** Only what failed can be tried again. */
public final class IncomingNotFailed extends Failure {
  private static final long serialVersionUID = 1L;

  IncomingNotFailed(String fileName) {
    super(
        "incoming-model-not-failed",
        Kind.CONFLICT,
        "Nothing to try again",
        "“" + fileName + "” has not failed, or is an upload; nothing to try again here.");
  }
}
