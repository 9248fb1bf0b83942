package io.witan.catalogue;

import io.witan.identity.AccessScope;
import io.witan.identity.IdentitySettings;
import io.witan.identity.NotAllowed;
import io.witan.identity.PersonId;
import io.witan.identity.ScopedTransactions;
import io.witan.shared.Audited;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Creates, changes and deletes collections and decides who may do what with them.
 *
 * <p>Whoever changes permissions may take away their own on the way, so these transactions run as
 * worker, after asking the database inside the same transaction whether the person may.
 */
@Service
public class CollectionStewardship {
  private final JdbcClient jdbc;
  private final CollectionCatalogue catalogue;
  private final Permissions permissions;
  private final IdentitySettings settings;
  private final ScopedTransactions transactions;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  CollectionStewardship(
      JdbcClient jdbc,
      CollectionCatalogue catalogue,
      Permissions permissions,
      IdentitySettings settings,
      ScopedTransactions transactions,
      ApplicationEventPublisher events,
      Clock clock) {
    this.jdbc = jdbc;
    this.catalogue = catalogue;
    this.permissions = permissions;
    this.settings = settings;
    this.transactions = transactions;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Creates a collection that its creator manages.
   *
   * @throws NotAllowed if the installation lets only administrators create collections
   */
  public CollectionSummary create(AccessScope scope, String name, String description) {
    if (!settings.mayCreateCollections(scope)) {
      throw new NotAllowed("Only administrators may create collections here.");
    }
    var id = new CollectionId(UUID.randomUUID());
    transactions.run(
        AccessScope.worker("create collection"),
        () -> insert(scope.requirePerson(), id, name, description, false));
    return catalogue.require(scope, id, Access.MANAGE);
  }

  /**
   * Creates the sample collection, which everyone may read.
   *
   * @throws NotAllowed unless an administrator asks
   * @throws SampleExists if there is one
   */
  public CollectionSummary createSample(AccessScope scope, String name, String description) {
    NotAllowed.unlessAdministrator(scope);
    var id = new CollectionId(UUID.randomUUID());
    transactions.run(
        AccessScope.worker("create sample collection"),
        () -> {
          lockSample();
          if (sampleExists()) {
            throw new SampleExists();
          }
          insert(scope.requirePerson(), id, name, description, true);
          permissions.put(
              id, new Permissions.Grant(new Grantee(Grantee.Kind.EVERYONE, null), Access.READ));
        });
    return catalogue.require(scope, id, Access.MANAGE);
  }

  private void insert(
      PersonId creator, CollectionId id, String name, String description, boolean sample) {
    var now = Timestamp.from(clock.instant());
    jdbc.sql(
            """
            insert into catalogue.collection
              (id, name, description, sample, created_by, created_at, updated_at)
            values (?, ?, ?, ?, ?, ?, ?)
            """)
        .params(List.of(id.value(), name, description, sample, creator.value(), now, now))
        .update();
    permissions.put(
        id,
        new Permissions.Grant(new Grantee(Grantee.Kind.PERSON, creator.value()), Access.MANAGE));
    events.publishEvent(new CollectionCreated(id, creator, name));
  }

  private void lockSample() {
    jdbc.sql("select pg_advisory_xact_lock(hashtext('witan.sample'))")
        .query((row, number) -> true)
        .single();
  }

  private boolean sampleExists() {
    return jdbc.sql("select exists (select 1 from catalogue.collection where sample)")
        .query(Boolean.class)
        .single();
  }

  /** Changes what is given; null leaves as it is. Needs MANAGE. */
  public CollectionSummary change(
      AccessScope scope,
      CollectionId id,
      @Nullable String name,
      @Nullable String description,
      @Nullable Boolean mayLeave) {
    return transactions.write(
        scope,
        () -> {
          var old = catalogue.require(scope, id, Access.MANAGE);
          var newName = name == null ? old.name() : name;
          jdbc.sql(
                  """
                  update catalogue.collection
                     set name = ?, description = ?, may_leave = ?, updated_at = ? where id = ?
                  """)
              .param(newName)
              .param(description == null ? old.description() : description)
              .param(mayLeave == null ? old.mayLeave() : mayLeave)
              .param(Timestamp.from(clock.instant()))
              .param(id.value())
              .update();
          if (name != null || description != null) {
            events.publishEvent(new CollectionChanged(id, scope.requirePerson(), newName));
          }
          if (mayLeave != null && mayLeave != old.mayLeave()) {
            events.publishEvent(
                new CollectionLeavingChanged(id, scope.requirePerson(), newName, mayLeave));
          }
          return catalogue.require(scope, id, Access.MANAGE);
        });
  }

  /** Deletes the collection and everything in it. Needs MANAGE. */
  void delete(AccessScope scope, CollectionId id) {
    transactions.run(
        scope,
        () -> {
          var old = catalogue.require(scope, id, Access.MANAGE);
          events.publishEvent(new CollectionDeleted(id, scope.requirePerson(), old.name()));
          jdbc.sql("delete from catalogue.collection where id = ?").param(id.value()).update();
        });
  }

  List<Permission> permissions(AccessScope scope, CollectionId id) {
    return transactions.read(
        scope,
        () -> {
          catalogue.require(scope, id, Access.MANAGE);
          return permissions.of(id);
        });
  }

  /**
   * Replaces who may do what. Needs MANAGE.
   *
   * @throws ManagerNeeded if nobody who can sign in could manage it afterwards
   */
  List<Permission> replacePermissions(
      AccessScope scope, CollectionId id, List<Permissions.Grant> grants) {
    var collection = catalogue.require(scope, id, Access.MANAGE);
    return managed(
        id,
        () -> {
          if (!permissions.mayManage(scope.requirePerson(), id)) {
            throw new CollectionAccessMissing(collection.name(), Access.MANAGE);
          }
          permissions.requireKnown(grants);
          permissions.replace(id, grants);
          if (!permissions.hasManager(id)) {
            throw new ManagerNeeded();
          }
          var changed = permissions.of(id);
          events.publishEvent(
              new CollectionPermissionsChanged(
                  id, scope.requirePerson(), collection.name(), facts(changed)));
          return changed;
        });
  }

  /**
   * Who may do what, with kinds, ids and names: what a later reader of the audit log can look up.
   */
  private static List<Audited.Fact> facts(List<Permission> permissions) {
    return permissions.stream()
        .map(
            permission -> {
              var grantee = permission.grantee();
              return new Audited.Fact(
                  grantee.kind() == Grantee.Kind.EVERYONE ? "everyone" : "grantee",
                  permission.access().name(),
                  grantee.id() == null
                      ? null
                      : new Audited.Subject(grantee.kind().name(), grantee.id(), grantee.name()));
            })
        .toList();
  }

  /**
   * Lets an administrator manage a collection that they may not even read; audited.
   *
   * @throws CollectionNotFound if it does not exist
   */
  CollectionSummary takeOver(AccessScope scope, CollectionId id) {
    NotAllowed.unlessAdministrator(scope);
    var person = scope.requirePerson();
    managed(
        id,
        () -> {
          permissions.put(
              id,
              new Permissions.Grant(
                  new Grantee(Grantee.Kind.PERSON, person.value()), Access.MANAGE));
          var name =
              jdbc.sql("select name from catalogue.collection where id = ?")
                  .param(id.value())
                  .query(String.class)
                  .single();
          events.publishEvent(new CollectionTakenOver(id, person, name));
          return true;
        });
    return catalogue.require(scope, id, Access.MANAGE);
  }

  /** Runs as worker with the collection locked, so that changes of permissions take turns. */
  private <T> T managed(CollectionId id, Supplier<T> work) {
    return transactions.write(
        AccessScope.worker("change permissions"),
        () -> {
          boolean exists =
              jdbc.sql("select id from catalogue.collection where id = ? for update")
                  .param(id.value())
                  .query(UUID.class)
                  .optional()
                  .isPresent();
          if (!exists) {
            throw new CollectionNotFound(id);
          }
          return work.get();
        });
  }
}
