package io.witan.identity.signin;

import io.witan.shared.Failure;

/** The first administrator exists. */
public final class SetupDone extends Failure {
  private static final long serialVersionUID = 1L;

  public SetupDone() {
    super(
        "setup-done",
        Kind.CONFLICT,
        "Already set up",
        "This installation has an administrator; sign in instead.");
  }
}
