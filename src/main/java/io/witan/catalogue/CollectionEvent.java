package io.witan.catalogue;

import io.witan.identity.PersonId;
import io.witan.shared.Audited;

/** What happened to collections and to who may do what with them. */
public sealed interface CollectionEvent extends Audited
    permits CollectionCreated,
        CollectionChanged,
        CollectionDeleted,
        CollectionLeavingChanged,
        CollectionPermissionsChanged,
        CollectionTakenOver {

  CollectionId id();

  PersonId actor();

  String name();
}
