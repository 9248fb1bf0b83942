package io.witan.catalogue;

import io.witan.shared.Failure;

/** The change would leave nobody who can manage the collection. */
public final class LastManager extends Failure {
  private static final long serialVersionUID = 1L;

  public LastManager() {
    super(
        "last-manager",
        Kind.CONFLICT,
        "Last manager",
        "Somebody who can sign in must be able to manage the collection; add another manager first.");
  }
}
