package io.witan.identity.people;

import io.witan.shared.Failure;

/** Another account has this e-mail. */
public final class EmailTaken extends Failure {
  private static final long serialVersionUID = 1L;

  public EmailTaken(String email) {
    super(
        "email-taken",
        Kind.CONFLICT,
        "E-mail taken",
        "There is already an account for " + email + ".");
  }
}
