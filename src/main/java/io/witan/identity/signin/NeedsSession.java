package io.witan.identity.signin;

import io.witan.shared.Failure;

/** An API key must not change credentials, else a stolen one outlives its revocation. */
public final class NeedsSession extends Failure {
  private static final long serialVersionUID = 1L;

  public NeedsSession() {
    super(
        "needs-session",
        Kind.NOT_ALLOWED,
        "Needs a browser session",
        "An API key cannot do this; sign in with your password.");
  }
}
