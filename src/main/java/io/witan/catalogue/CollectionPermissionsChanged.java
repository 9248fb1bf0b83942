package io.witan.catalogue;

import io.witan.identity.PersonId;

/**
 * Other people may now do other things with the collection.
 *
 * @param change what changed, for the audit log
 */
public record CollectionPermissionsChanged(
    CollectionId id, PersonId actor, String name, String change) implements CollectionEvent {

  @Override
  public Entry audited() {
    return new Entry(
        actor.value(),
        "collection-permissions-changed",
        new Subject("COLLECTION", id.value(), name),
        change);
  }
}
