package io.witan.catalogue;

import io.witan.shared.Failure;

/** No such collection, or none that this person may read: the two are not told apart. */
public final class CollectionNotFound extends Failure {
  private static final long serialVersionUID = 1L;

  public CollectionNotFound(CollectionId id) {
    super(
        "collection-not-found",
        Kind.NOT_FOUND,
        "Collection not found",
        "There is no collection " + id + " that you may read.");
  }
}
