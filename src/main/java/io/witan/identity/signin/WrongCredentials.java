package io.witan.identity.signin;

import io.witan.shared.Failure;

/** No active account has this e-mail with this password: which of it, is not told. */
public final class WrongCredentials extends Failure {
  private static final long serialVersionUID = 1L;

  public WrongCredentials() {
    super(
        "wrong-credentials",
        Kind.NOT_SIGNED_IN,
        "Wrong e-mail or password",
        "The e-mail or the password is wrong.");
  }
}
