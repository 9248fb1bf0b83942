package io.witan.identity.signin;

import io.witan.shared.Failure;

/** The current password given to change it is wrong. */
public final class WrongPassword extends Failure {
  private static final long serialVersionUID = 1L;

  public WrongPassword() {
    super("wrong-password", Kind.INVALID, "Wrong password", "The current password is wrong.");
  }
}
