package io.witan.identity.administration;

import io.witan.identity.AccessScope;
import io.witan.identity.IdentityEvent;
import io.witan.identity.IdentitySettings;
import io.witan.identity.NotAllowed;
import io.witan.identity.PersonId;
import io.witan.identity.Role;
import io.witan.identity.ScopedTransactions;
import io.witan.identity.keys.ApiKeys;
import io.witan.identity.people.Account;
import io.witan.identity.people.Accounts;
import io.witan.identity.people.Groups;
import io.witan.identity.people.LastAdministrator;
import io.witan.identity.people.PersonNotFound;
import io.witan.identity.signin.OneTimeLinks;
import io.witan.identity.signin.PersonSessions;
import io.witan.shared.Audited;
import io.witan.shared.Page;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Creates, invites, changes and deactivates people; every method is for administrators only. */
@Service
class PeopleAdministration {
  private final Accounts accounts;
  private final Groups groups;
  private final OneTimeLinks links;
  private final ApiKeys keys;
  private final PersonSessions sessions;
  private final IdentitySettings settings;
  private final ScopedTransactions transactions;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  PeopleAdministration(
      Accounts accounts,
      Groups groups,
      OneTimeLinks links,
      ApiKeys keys,
      PersonSessions sessions,
      IdentitySettings settings,
      ScopedTransactions transactions,
      ApplicationEventPublisher events,
      Clock clock) {
    this.accounts = accounts;
    this.groups = groups;
    this.links = links;
    this.keys = keys;
    this.sessions = sessions;
    this.settings = settings;
    this.transactions = transactions;
    this.events = events;
    this.clock = clock;
  }

  /** A new person and the link with which they choose their password. */
  record Invited(Account account, OneTimeLinks.Issued link) {}

  /** What to change; null leaves as it is. */
  record Change(@Nullable String displayName, @Nullable Role role, @Nullable Boolean active) {}

  Page<Person> list(AccessScope scope, String query, @Nullable String cursor, int limit) {
    NotAllowed.unlessAdministrator(scope);
    return transactions.read(
        scope,
        () -> {
          var page = accounts.list(query, cursor, limit);
          var memberships = groups.of(page.items().stream().map(Account::id).toList());
          return new Page<>(
              page.items().stream()
                  .map(a -> Person.of(a, memberships.getOrDefault(a.id(), List.of())))
                  .toList(),
              page.nextCursor());
        });
  }

  Person find(AccessScope scope, PersonId id) {
    NotAllowed.unlessAdministrator(scope);
    return view(require(id));
  }

  Invited create(AccessScope scope, String email, String displayName, Role role) {
    NotAllowed.unlessAdministrator(scope);
    return transactions.write(
        scope,
        () -> {
          var account =
              new Account(
                  new PersonId(UUID.randomUUID()),
                  email.strip(),
                  displayName.strip(),
                  role,
                  null,
                  "en",
                  true,
                  clock.instant(),
                  null);
          accounts.insert(account);
          events.publishEvent(
              new IdentityEvent.PersonCreated(
                  scope.requirePerson(), account.id(), account.email(), role));
          return new Invited(account, links.invite(account.id(), settings.invitationLifetime()));
        });
  }

  OneTimeLinks.Issued invite(AccessScope scope, PersonId id) {
    NotAllowed.unlessAdministrator(scope);
    return transactions.write(
        scope,
        () -> {
          var account = require(id);
          events.publishEvent(
              new IdentityEvent.PersonInvited(scope.requirePerson(), id, account.email()));
          return links.invite(id, settings.invitationLifetime());
        });
  }

  /**
   * Changes a person.
   *
   * @throws LastAdministrator if nobody who can sign in would be administrator afterwards
   */
  Person change(AccessScope scope, PersonId id, Change change) {
    NotAllowed.unlessAdministrator(scope);
    var account = transactions.write(scope, () -> apply(scope, id, change));
    if (!account.active()) {
      sessions.endAll(id);
    }
    return view(account);
  }

  private Account apply(AccessScope scope, PersonId id, Change change) {
    var administrators = accounts.lockAdministrators();
    var old = require(id);
    var changed =
        new Account(
            id,
            old.email(),
            change.displayName() == null ? old.displayName() : change.displayName().strip(),
            change.role() == null ? old.role() : change.role(),
            old.passwordHash(),
            old.language(),
            change.active() == null ? old.active() : change.active(),
            old.createdAt(),
            old.lastSignInAt());
    boolean stays = changed.active() && changed.role() == Role.ADMINISTRATOR;
    if (!stays && administrators.equals(List.of(id))) {
      throw new LastAdministrator();
    }
    accounts.update(changed);
    if (!changed.active()) {
      keys.revokeAll(id);
      links.revoke(id);
    }
    var changes = differences(old, changed);
    if (!changes.isEmpty()) {
      events.publishEvent(
          new IdentityEvent.PersonChanged(scope.requirePerson(), id, old.email(), changes));
    }
    return changed;
  }

  private static List<Audited.Fact> differences(Account old, Account changed) {
    var changes = new ArrayList<Audited.Fact>();
    if (!old.displayName().equals(changed.displayName())) {
      changes.add(Audited.Fact.of("change", "renamed"));
    }
    if (old.role() != changed.role()) {
      changes.add(Audited.Fact.of("role", changed.role()));
    }
    if (old.active() != changed.active()) {
      changes.add(Audited.Fact.of("change", changed.active() ? "activated" : "deactivated"));
    }
    return changes;
  }

  private Account require(PersonId id) {
    return accounts.find(id).orElseThrow(() -> new PersonNotFound(id.toString()));
  }

  private Person view(Account account) {
    return Person.of(
        account, groups.of(List.of(account.id())).getOrDefault(account.id(), List.of()));
  }
}
