package io.witan.catalogue;

import io.witan.identity.PersonId;

/** An administrator gave themselves the right to manage a collection. */
public record CollectionTakenOver(CollectionId id, PersonId actor, String name)
    implements CollectionEvent {

  @Override
  public Entry audited() {
    return new Entry(
        actor.value(), "collection-taken-over", new Subject("COLLECTION", id.value(), name));
  }
}
