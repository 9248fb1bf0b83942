package io.witan.identity.people;

import io.witan.identity.AccessScope;
import io.witan.identity.PersonId;
import io.witan.identity.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person's account as stored.
 *
 * @param passwordHash null until the person used an invitation
 */
public record Account(
    PersonId id,
    String email,
    String displayName,
    Role role,
    @Nullable String passwordHash,
    String language,
    boolean active,
    Instant createdAt,
    @Nullable Instant lastSignInAt) {

  public AccessScope scope() {
    return AccessScope.of(id, role == Role.ADMINISTRATOR);
  }

  @Override
  public String toString() {
    return "Account[" + id + "]";
  }
}
