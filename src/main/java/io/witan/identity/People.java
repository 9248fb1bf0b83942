package io.witan.identity;

import io.witan.shared.LikePattern;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Names of people and groups, for modules that show who did something or may do something. */
@Service
public class People {
  private static final int DIRECTORY_LIMIT = 50;

  private final JdbcClient jdbc;

  People(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Somebody or some group that a permission can be given to. */
  public record Entry(boolean isGroup, UUID id, String name, String detail) {}

  /** Display names by id; ids of nobody are left out. */
  public Map<PersonId, String> names(Collection<PersonId> ids) {
    var names = new HashMap<PersonId, String>();
    jdbc.sql("select id, display_name from identity.person where id = any (?)")
        .param(ids.stream().map(PersonId::value).toArray(UUID[]::new))
        .query(
            row -> {
              names.put(new PersonId(row.getObject(1, UUID.class)), row.getString(2));
            });
    return names;
  }

  /** Names of groups by id; ids of no group are left out. */
  public Map<GroupId, String> groupNames(Collection<GroupId> ids) {
    var names = new HashMap<GroupId, String>();
    jdbc.sql("select id, name from identity.person_group where id = any (?)")
        .param(ids.stream().map(GroupId::value).toArray(UUID[]::new))
        .query(
            row -> {
              names.put(new GroupId(row.getObject(1, UUID.class)), row.getString(2));
            });
    return names;
  }

  /** Active people and groups whose name or e-mail contains the text; at most 50, by name. */
  public List<Entry> directory(String query) {
    var pattern = "%" + LikePattern.escape(query.strip()) + "%";
    return jdbc.sql(
            """
            select is_group, id, name, detail from (
              select true as is_group, g.id, g.name,
                     (select count(*) from identity.membership m where m.group_id = g.id)::text as detail
                from identity.person_group g where g.name ilike :pattern
              union all
              select false, p.id, p.display_name, p.email
                from identity.person p
               where p.active and (p.display_name ilike :pattern or p.email ilike :pattern)) e
             order by lower(name), id limit :limit
            """)
        .param("pattern", pattern)
        .param("limit", DIRECTORY_LIMIT)
        .query(
            (row, number) ->
                new Entry(
                    row.getBoolean("is_group"),
                    row.getObject("id", UUID.class),
                    row.getString("name"),
                    row.getString("detail")))
        .list();
  }
}
