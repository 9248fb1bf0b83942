package io.witan.catalogue;

import io.witan.shared.Failure;

/** The person may read the collection but not do this with it. */
public final class CollectionAccessMissing extends Failure {
  private static final long serialVersionUID = 1L;

  public CollectionAccessMissing(String collection, Access needed) {
    super(
        "collection-access-missing",
        Kind.NOT_ALLOWED,
        "Not allowed in this collection",
        "You need the permission to %s in “%s”; ask one of its managers."
            .formatted(needed == Access.MANAGE ? "manage" : "contribute", collection));
  }
}
