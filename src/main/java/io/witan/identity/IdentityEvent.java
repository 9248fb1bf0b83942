package io.witan.identity;

import io.witan.shared.Audited;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happened to people, groups, keys and sessions. */
public sealed interface IdentityEvent extends Audited {

  /** The installation got its first administrator. */
  record FirstAdministratorCreated(PersonId person, String email) implements IdentityEvent {}

  /** Somebody signed in with a password or an invitation. */
  record SignedIn(PersonId person, String email) implements IdentityEvent {}

  /** A password was wrong; {@code person} is null if no account has the address given. */
  record SignInRefused(@Nullable PersonId person) implements IdentityEvent {}

  record SignedOut(PersonId person) implements IdentityEvent {}

  record PersonCreated(PersonId actor, PersonId person, String email, Role role)
      implements IdentityEvent {}

  /** {@code changes} names fields and, where they are not personal, their new values. */
  record PersonChanged(PersonId actor, PersonId person, String email, List<Fact> changes)
      implements IdentityEvent {
    public PersonChanged {
      changes = List.copyOf(changes);
    }
  }

  /** A one-time link was made that lets the person choose a password; null actor: command line. */
  record PersonInvited(@Nullable PersonId actor, PersonId person, String email)
      implements IdentityEvent {}

  /** The password was replaced; null actor: command line. */
  record PasswordChanged(@Nullable PersonId actor, PersonId person) implements IdentityEvent {}

  /** A group was created, renamed, deleted or got other members. */
  record GroupChanged(PersonId actor, GroupId group, String name, Fact change)
      implements IdentityEvent {}

  record ApiKeyCreated(PersonId person, UUID key, String name) implements IdentityEvent {}

  record ApiKeyRevoked(PersonId person, UUID key, String name) implements IdentityEvent {}

  @Override
  default Entry audited() {
    return switch (this) {
      case FirstAdministratorCreated e ->
          entry(e.person, "first-administrator-created", person(e.person, e.email));
      case SignedIn e -> entry(e.person, "signed-in", null);
      case SignInRefused e ->
          entry(null, "sign-in-refused", e.person == null ? null : person(e.person, ""));
      case SignedOut e -> entry(e.person, "signed-out", null);
      case PersonCreated e ->
          entry(e.actor, "person-created", person(e.person, e.email), Fact.of("role", e.role));
      case PersonChanged e ->
          new Entry(e.actor.value(), "person-changed", person(e.person, e.email), e.changes);
      case PersonInvited e -> entry(e.actor, "person-invited", person(e.person, e.email));
      case PasswordChanged e -> entry(e.actor, "password-changed", person(e.person, ""));
      case GroupChanged e ->
          entry(e.actor, "group-changed", new Subject("GROUP", e.group.value(), e.name), e.change);
      case ApiKeyCreated e ->
          entry(e.person, "api-key-created", new Subject("API_KEY", e.key, e.name));
      case ApiKeyRevoked e ->
          entry(e.person, "api-key-revoked", new Subject("API_KEY", e.key, e.name));
    };
  }

  private static Entry entry(
      @Nullable PersonId actor, String action, @Nullable Subject subject, Fact... facts) {
    return new Entry(actor == null ? null : actor.value(), action, subject, facts);
  }

  private static Subject person(PersonId id, String label) {
    return new Subject("PERSON", id.value(), label);
  }
}
