package io.witan.catalogue;

import io.witan.shared.Failure;

/** The change would leave nobody who can manage the collection. */
public final class ManagerNeeded extends Failure {
  private static final long serialVersionUID = 1L;

  public ManagerNeeded() {
    super(
        "last-manager",
        Kind.CONFLICT,
        "Last manager",
        "Somebody who can sign in must be able to manage the collection; add another manager first.");
  }
}
