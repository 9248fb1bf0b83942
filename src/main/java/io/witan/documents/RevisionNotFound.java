package io.witan.documents;

import io.witan.shared.Failure;

/** The document has no revision of that number. */
public final class RevisionNotFound extends Failure {
  private static final long serialVersionUID = 1L;

  public RevisionNotFound(int number) {
    super(
        "revision-not-found",
        Kind.NOT_FOUND,
        "Revision not found",
        "The document has no revision " + number + ".");
  }
}
