package io.witan.catalogue;

import io.witan.identity.PersonId;

/** A collection was created. */
public record CollectionCreated(CollectionId id, PersonId actor, String name)
    implements CollectionEvent {

  @Override
  public Entry audited() {
    return new Entry(
        actor.value(), "collection-created", new Subject("COLLECTION", id.value(), name));
  }
}
