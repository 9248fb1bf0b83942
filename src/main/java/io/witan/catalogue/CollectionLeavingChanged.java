package io.witan.catalogue;

import io.witan.identity.PersonId;

/** A manager allowed or forbade that a collection's passages are sent to other machines. */
public record CollectionLeavingChanged(
    CollectionId id, PersonId actor, String name, boolean mayLeave) implements CollectionEvent {
  @Override
  public Entry audited() {
    return new Entry(
        actor.value(),
        mayLeave ? "collection-may-leave" : "collection-may-not-leave",
        new Subject("COLLECTION", id.value(), name));
  }
}
