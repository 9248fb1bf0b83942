package io.witan.models.intake;

import io.witan.shared.Failure;

/** Nobody foresaw what went wrong; the log has it. */
final class IntakeBroken extends Failure {
  private static final long serialVersionUID = 1L;

  IntakeBroken() {
    super(
        "internal-error",
        Kind.UNAVAILABLE,
        "Internal error",
        "Something went wrong that the server's log tells.");
  }
}
