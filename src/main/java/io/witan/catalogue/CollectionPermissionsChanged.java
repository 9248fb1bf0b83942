package io.witan.catalogue;

import io.witan.identity.PersonId;
import java.util.List;

/**
 * Other people may now do other things with the collection.
 *
 * @param grants who may do what from now on, for the audit log
 */
public record CollectionPermissionsChanged(
    CollectionId id, PersonId actor, String name, List<Fact> grants) implements CollectionEvent {

  public CollectionPermissionsChanged {
    grants = List.copyOf(grants);
  }

  @Override
  public Entry audited() {
    return new Entry(
        actor.value(),
        "collection-permissions-changed",
        new Subject("COLLECTION", id.value(), name),
        grants);
  }
}
