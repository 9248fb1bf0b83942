package io.witan.documents;

import io.witan.catalogue.DocumentId;
import io.witan.shared.Failure;

/** No such document, or none that this person may read: the two are not told apart. */
public final class DocumentNotFound extends Failure {
  private static final long serialVersionUID = 1L;

  public DocumentNotFound(DocumentId id) {
    super(
        "document-not-found",
        Kind.NOT_FOUND,
        "Document not found",
        "There is no document " + id + " that you may read.");
  }
}
