package io.witan.identity.people;

import io.witan.shared.Failure;

/** The change would leave nobody who can sign in as an administrator. */
public final class LastAdministrator extends Failure {
  private static final long serialVersionUID = 1L;

  public LastAdministrator() {
    super(
        "last-administrator",
        Kind.CONFLICT,
        "Last administrator",
        "Somebody must stay administrator; make another person administrator first.");
  }
}
