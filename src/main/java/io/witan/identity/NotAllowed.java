package io.witan.identity;

import io.witan.shared.Failure;

/** The signed-in person lacks the role or the right for this. */
public final class NotAllowed extends Failure {
  private static final long serialVersionUID = 1L;

  public NotAllowed(String detail) {
    super("not-allowed", Kind.NOT_ALLOWED, "Not allowed", detail);
  }

  /**
   * Passes administrators only.
   *
   * @throws NotAllowed for everybody else
   */
  public static void unlessAdministrator(AccessScope scope) {
    if (!scope.isAdministrator()) {
      throw new NotAllowed("Only administrators may do this.");
    }
  }
}
