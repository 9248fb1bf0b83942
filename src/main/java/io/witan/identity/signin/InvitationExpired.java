package io.witan.identity.signin;

import io.witan.shared.Failure;

/** The invitation does not work, or no longer. */
public final class InvitationExpired extends Failure {
  private static final long serialVersionUID = 1L;

  public InvitationExpired() {
    super(
        "invitation-expired",
        Kind.GONE,
        "Invitation expired",
        "This invitation was used, replaced or is too old; ask an administrator for a new one.");
  }
}
