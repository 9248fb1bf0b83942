package io.witan.catalogue;

import io.witan.identity.PersonId;

/** A collection got another name or description. */
public record CollectionChanged(CollectionId id, PersonId actor, String name)
    implements CollectionEvent {

  @Override
  public Entry audited() {
    return new Entry(
        actor.value(), "collection-changed", new Subject("COLLECTION", id.value(), name));
  }
}
