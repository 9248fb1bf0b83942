package io.witan.identity.signin;

import io.witan.shared.Failure;

/** The new password can be guessed. */
public final class PasswordTooWeak extends Failure {
  private static final long serialVersionUID = 1L;

  public PasswordTooWeak(String fix) {
    super("password-too-weak", Kind.INVALID, "Password too weak", fix);
  }
}
