package io.witan.identity.people;

import io.witan.identity.GroupId;
import io.witan.identity.PersonId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes groups and who belongs to them; decides nothing. */
@Repository
public class Groups {
  private final JdbcClient jdbc;

  Groups(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Every group with its members, by name. */
  public List<Group> all() {
    return select("", new UUID(0, 0));
  }

  /**
   * One group with its members.
   *
   * @throws GroupNotFound if there is none
   */
  public Group require(GroupId id) {
    return select("where g.id = ?", id.value()).stream()
        .findFirst()
        .orElseThrow(() -> new GroupNotFound(id.toString()));
  }

  private List<Group> select(String where, UUID id) {
    var statement =
        jdbc.sql(
            """
            select g.id, g.name, p.id as person_id, p.display_name, p.email
              from identity.person_group g
              left join identity.membership m on m.group_id = g.id
              left join identity.person p on p.id = m.person_id
            """
                + where
                + " order by lower(g.name), g.id, lower(p.display_name), p.id");
    if (!where.isEmpty()) {
      statement = statement.param(id);
    }
    var names = new LinkedHashMap<UUID, String>();
    var members = new HashMap<UUID, List<Group.Member>>();
    statement.query(
        row -> {
          var group = row.getObject("id", UUID.class);
          names.put(group, row.getString("name"));
          var list = members.computeIfAbsent(group, unused -> new ArrayList<>());
          var person = row.getObject("person_id", UUID.class);
          if (person != null) {
            list.add(
                new Group.Member(person, row.getString("display_name"), row.getString("email")));
          }
        });
    return names.entrySet().stream()
        .map(
            entry ->
                new Group(
                    entry.getKey(),
                    entry.getValue(),
                    members.getOrDefault(entry.getKey(), List.of())))
        .toList();
  }

  /** The groups of each of these people, by name. */
  public Map<PersonId, List<Group.Name>> of(Collection<PersonId> people) {
    var groups = new HashMap<PersonId, List<Group.Name>>();
    jdbc.sql(
            """
            select m.person_id, g.id, g.name
              from identity.membership m join identity.person_group g on g.id = m.group_id
             where m.person_id = any (?) order by lower(g.name), g.id
            """)
        .param(people.stream().map(PersonId::value).toArray(UUID[]::new))
        .query(
            row -> {
              groups
                  .computeIfAbsent(
                      new PersonId(row.getObject(1, UUID.class)), unused -> new ArrayList<>())
                  .add(new Group.Name(row.getObject(2, UUID.class), row.getString(3)));
            });
    return groups;
  }

  public void insert(GroupId id, String name, Instant at) {
    try {
      jdbc.sql("insert into identity.person_group (id, name, created_at) values (?, ?, ?)")
          .param(id.value())
          .param(name)
          .param(Timestamp.from(at))
          .update();
    } catch (DuplicateKeyException taken) {
      throw new GroupNameTaken(name);
    }
  }

  public void rename(GroupId id, String name) {
    try {
      jdbc.sql("update identity.person_group set name = ? where id = ?")
          .param(name)
          .param(id.value())
          .update();
    } catch (DuplicateKeyException taken) {
      throw new GroupNameTaken(name);
    }
  }

  public void delete(GroupId id) {
    jdbc.sql("delete from identity.person_group where id = ?").param(id.value()).update();
  }

  /** Replaces the members; all must exist. */
  public void replaceMembers(GroupId id, Collection<PersonId> people) {
    jdbc.sql("delete from identity.membership where group_id = ?").param(id.value()).update();
    jdbc.sql(
            """
            insert into identity.membership (group_id, person_id)
            select ?, p.id from identity.person p where p.id = any (?)
            """)
        .param(id.value())
        .param(people.stream().map(PersonId::value).toArray(UUID[]::new))
        .update();
  }
}
