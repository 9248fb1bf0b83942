package io.witan.catalogue;

import io.witan.identity.PersonId;

/**
 * A collection is being deleted, in the transaction that publishes this; its rows are still there.
 */
public record CollectionDeleted(CollectionId id, PersonId actor, String name)
    implements CollectionEvent {

  @Override
  public Entry audited() {
    return new Entry(
        actor.value(), "collection-deleted", new Subject("COLLECTION", id.value(), name));
  }
}
