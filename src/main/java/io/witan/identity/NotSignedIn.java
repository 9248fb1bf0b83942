package io.witan.identity;

import io.witan.shared.Failure;

/** The request needs a signed-in person and has neither a session nor a valid API key. */
public final class NotSignedIn extends Failure {
  private static final long serialVersionUID = 1L;

  public NotSignedIn() {
    super(
        "not-signed-in",
        Kind.NOT_SIGNED_IN,
        "Not signed in",
        "Sign in, or send a valid API key as “Authorization: Bearer …”.");
  }
}
