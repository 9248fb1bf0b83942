package io.witan.identity.signin;

import io.witan.identity.Role;
import io.witan.identity.people.Group;
import java.util.List;
import java.util.UUID;

/** The signed-in person, as they see themselves. */
record Me(
    UUID id,
    String email,
    String displayName,
    Role role,
    String language,
    List<Group.Name> groups,
    boolean mayCreateCollections) {

  Me {
    groups = List.copyOf(groups);
  }
}
