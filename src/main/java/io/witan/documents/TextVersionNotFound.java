package io.witan.documents;

import io.witan.catalogue.TextVersionId;
import io.witan.shared.Failure;

/** No such text version, or none that this person may read: the two are not told apart. */
public final class TextVersionNotFound extends Failure {
  private static final long serialVersionUID = 1L;

  public TextVersionNotFound(TextVersionId id) {
    super(
        "text-version-not-found",
        Kind.NOT_FOUND,
        "Text not found",
        "There is no text " + id + " that you may read.");
  }
}
