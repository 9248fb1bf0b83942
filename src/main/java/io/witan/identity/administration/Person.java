package io.witan.identity.administration;

import io.witan.identity.Role;
import io.witan.identity.people.Account;
import io.witan.identity.people.Group;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person, as administrators see them.
 *
 * @param invited has not yet chosen a password
 */
record Person(
    UUID id,
    String email,
    String displayName,
    Role role,
    boolean active,
    boolean invited,
    List<Group.Name> groups,
    Instant createdAt,
    @Nullable Instant lastSignInAt) {

  Person {
    groups = List.copyOf(groups);
  }

  static Person of(Account account, List<Group.Name> groups) {
    return new Person(
        account.id().value(),
        account.email(),
        account.displayName(),
        account.role(),
        account.active(),
        account.passwordHash() == null,
        groups,
        account.createdAt(),
        account.lastSignInAt());
  }
}
