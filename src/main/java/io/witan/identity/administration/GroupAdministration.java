package io.witan.identity.administration;

import io.witan.identity.AccessScope;
import io.witan.identity.GroupId;
import io.witan.identity.IdentityEvent;
import io.witan.identity.NotAllowed;
import io.witan.identity.PersonId;
import io.witan.identity.ScopedTransactions;
import io.witan.identity.people.Group;
import io.witan.identity.people.GroupNotFound;
import io.witan.identity.people.Groups;
import io.witan.identity.people.PersonNotFound;
import io.witan.shared.Audited;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Creates, renames, fills and deletes groups; every method is for administrators only. */
@Service
class GroupAdministration {
  private final Groups groups;
  private final ScopedTransactions transactions;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  GroupAdministration(
      Groups groups,
      ScopedTransactions transactions,
      ApplicationEventPublisher events,
      Clock clock) {
    this.groups = groups;
    this.transactions = transactions;
    this.events = events;
    this.clock = clock;
  }

  List<Group> list(AccessScope scope) {
    NotAllowed.unlessAdministrator(scope);
    return groups.all();
  }

  Group create(AccessScope scope, String name) {
    NotAllowed.unlessAdministrator(scope);
    var id = new GroupId(UUID.randomUUID());
    return transactions.write(
        scope,
        () -> {
          groups.insert(id, name, clock.instant());
          changed(scope, id, name, Audited.Fact.of("change", "created"));
          return groups.require(id);
        });
  }

  /**
   * Renames a group.
   *
   * @throws GroupNotFound if there is none
   */
  Group rename(AccessScope scope, GroupId id, String name) {
    NotAllowed.unlessAdministrator(scope);
    return transactions.write(
        scope,
        () -> {
          groups.require(id);
          groups.rename(id, name);
          changed(scope, id, name, Audited.Fact.of("change", "renamed"));
          return groups.require(id);
        });
  }

  void delete(AccessScope scope, GroupId id) {
    NotAllowed.unlessAdministrator(scope);
    transactions.run(
        scope,
        () -> {
          var name = groups.require(id).name();
          groups.delete(id);
          changed(scope, id, name, Audited.Fact.of("change", "deleted"));
        });
  }

  /**
   * Replaces the members.
   *
   * @throws PersonNotFound if one of them does not exist
   */
  Group replaceMembers(AccessScope scope, GroupId id, List<PersonId> people) {
    NotAllowed.unlessAdministrator(scope);
    return transactions.write(
        scope,
        () -> {
          groups.require(id);
          groups.replaceMembers(id, people);
          var group = groups.require(id);
          requireAll(people, group);
          changed(scope, id, group.name(), Audited.Fact.of("members", group.members().size()));
          return group;
        });
  }

  private static void requireAll(List<PersonId> people, Group group) {
    var present = group.members().stream().map(Group.Member::id).toList();
    people.stream()
        .filter(person -> !present.contains(person.value()))
        .findFirst()
        .ifPresent(
            missing -> {
              throw new PersonNotFound(missing.toString());
            });
  }

  private void changed(AccessScope scope, GroupId id, String name, Audited.Fact change) {
    events.publishEvent(new IdentityEvent.GroupChanged(scope.requirePerson(), id, name, change));
  }
}
