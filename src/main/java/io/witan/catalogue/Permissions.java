package io.witan.catalogue;

import io.witan.identity.GroupId;
import io.witan.identity.People;
import io.witan.identity.PersonId;
import io.witan.shared.InvalidInput;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes the permissions of a collection; joins the caller's transaction. */
@Repository
class Permissions {
  private final JdbcClient jdbc;
  private final People people;

  Permissions(JdbcClient jdbc, People people) {
    this.jdbc = jdbc;
    this.people = people;
  }

  /** A permission as it is asked for. */
  record Grant(Grantee grantee, Access access) {}

  /** The permissions with names; everyone first, then groups, then people. */
  List<Permission> of(CollectionId id) {
    return named(
        jdbc.sql(
                """
                select person_id, group_id, access from catalogue.permission
                 where collection_id = ?
                """)
            .param(id.value())
            .query(
                (row, number) ->
                    new Grant(
                        grantee(
                            row.getObject("person_id", UUID.class),
                            row.getObject("group_id", UUID.class)),
                        Access.valueOf(row.getString("access"))))
            .list());
  }

  private static Grantee grantee(@Nullable UUID person, @Nullable UUID group) {
    if (person != null) {
      return new Grantee(Grantee.Kind.PERSON, person);
    }
    return group != null
        ? new Grantee(Grantee.Kind.GROUP, group)
        : new Grantee(Grantee.Kind.EVERYONE, null);
  }

  private List<Permission> named(List<Grant> grants) {
    var persons = personNames(grants);
    var groups = groupNames(grants);
    return grants.stream()
        .map(
            grant ->
                new Permission(
                    new Permission.NamedGrantee(
                        grant.grantee().kind(),
                        grant.grantee().id(),
                        nameOf(grant.grantee(), persons, groups)),
                    grant.access()))
        .sorted(
            Comparator.comparing((Permission p) -> p.grantee().kind(), Comparator.reverseOrder())
                .thenComparing(p -> p.grantee().name(), String.CASE_INSENSITIVE_ORDER))
        .toList();
  }

  private static String nameOf(
      Grantee grantee, Map<PersonId, String> persons, Map<GroupId, String> groups) {
    var id = grantee.id();
    if (id == null) {
      return "";
    }
    return grantee.kind() == Grantee.Kind.PERSON
        ? persons.getOrDefault(new PersonId(id), "")
        : groups.getOrDefault(new GroupId(id), "");
  }

  private Map<PersonId, String> personNames(List<Grant> grants) {
    return people.names(
        grants.stream()
            .map(grant -> grant.grantee().personId())
            .filter(Objects::nonNull)
            .map(PersonId::new)
            .toList());
  }

  private Map<GroupId, String> groupNames(List<Grant> grants) {
    return people.groupNames(
        grants.stream()
            .map(grant -> grant.grantee().groupId())
            .filter(Objects::nonNull)
            .map(GroupId::new)
            .toList());
  }

  /**
   * Checks that every grantee exists and is named once.
   *
   * @throws InvalidInput naming the first that does not
   */
  void requireKnown(List<Grant> grants) {
    var persons = personNames(grants);
    var groups = groupNames(grants);
    var seen = new HashSet<Grantee>();
    for (int i = 0; i < grants.size(); i++) {
      var grantee = grants.get(i).grantee();
      var id = grantee.id();
      boolean known =
          switch (grantee.kind()) {
            case PERSON -> id != null && persons.containsKey(new PersonId(id));
            case GROUP -> id != null && groups.containsKey(new GroupId(id));
            case EVERYONE -> id == null;
          };
      if (!known) {
        throw new InvalidInput("items[" + i + "].grantee.id", "is nobody known");
      }
      if (!seen.add(grantee)) {
        throw new InvalidInput("items[" + i + "].grantee", "is named twice");
      }
    }
  }

  void replace(CollectionId id, List<Grant> grants) {
    jdbc.sql("delete from catalogue.permission where collection_id = ?").param(id.value()).update();
    grants.forEach(grant -> put(id, grant));
  }

  /** Gives a permission, in place of what the grantee had. */
  void put(CollectionId id, Grant grant) {
    jdbc.sql(
            """
            insert into catalogue.permission (collection_id, person_id, group_id, access)
            values (?, ?, ?, ?)
            on conflict (collection_id, person_id, group_id) do update set access = excluded.access
            """)
        .param(id.value())
        .param(grant.grantee().personId())
        .param(grant.grantee().groupId())
        .param(grant.access().name())
        .update();
  }

  /** Whether the person may manage it, asked inside a worker's transaction. */
  boolean mayManage(PersonId person, CollectionId id) {
    return jdbc.sql(
            """
            select exists (select 1 from catalogue.collections_of(?, 'MANAGE') c where c = ?)
            """)
        .param(person.value())
        .param(id.value())
        .query(Boolean.class)
        .single();
  }

  /** Whether somebody who can sign in may manage it. */
  boolean hasManager(CollectionId id) {
    return jdbc.sql(
            """
            select exists (
              select 1 from catalogue.permission p join identity.person q on q.active
               where p.collection_id = ? and p.access = 'MANAGE'
                 and (   q.id = p.person_id
                      or exists (select 1 from identity.membership m
                                  where m.group_id = p.group_id and m.person_id = q.id)
                      or (p.person_id is null and p.group_id is null)))
            """)
        .param(id.value())
        .query(Boolean.class)
        .single();
  }
}
