package io.witan.assistants;

import io.witan.assistants.AssistantVersion.AssistantEditor;
import io.witan.catalogue.CollectionId;
import io.witan.identity.PersonId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** SQL of assistants and their versions; callers bring the transaction and its scope. */
@Repository
class AssistantRepository {
  private static final String VERSIONS =
      """
      select a.id, a.is_default, v.version, a.created_at, v.created_at as updated_at,
             v.changed_by, p.display_name as changed_by_name,
             v.name, v.description, v.instructions, v.everything,
             v.passages, v.semantic_weight, v.answer_sentences, v.adapter,
             v.temperature, v.top_p, v.answer_tokens, v.seed,
             array(select c.collection_id from assistants.assistant_collection c
                    where c.assistant_id = v.assistant_id and c.version = v.version
                    order by c.collection_id) as collections,
             array(select c.collection_id from assistants.assistant_collection c
                    where c.assistant_id = v.assistant_id and c.version = v.version
                      and c.collection_id = any (array (select catalogue.permitted_collections('READ')))
                    order by c.collection_id) as readable
        from assistants.assistant a
        join assistants.assistant_version v on v.assistant_id = a.id
        left join identity.person p on p.id = v.changed_by
      """;
  private static final String SELECT = VERSIONS + " where v.version = a.version";

  private final JdbcClient jdbc;

  AssistantRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A stored assistant in one of its versions.
   *
   * @param by who made the version; null for the product itself and for people who are gone
   * @param readable those of its collections that the transaction's scope may read
   */
  record Row(
      AssistantId id,
      int version,
      AssistantDraft content,
      List<CollectionId> readable,
      @Nullable AssistantEditor by,
      Instant createdAt,
      Instant updatedAt) {

    Row {
      readable = List.copyOf(readable);
    }
  }

  List<Row> all() {
    return jdbc.sql(SELECT + " order by a.is_default desc, lower(a.name)")
        .query((row, number) -> read(row))
        .list();
  }

  Optional<Row> find(AssistantId id) {
    return jdbc.sql(SELECT + " and a.id = ?")
        .param(id.value())
        .query((row, number) -> read(row))
        .optional();
  }

  Optional<Row> version(AssistantId id, int version) {
    return jdbc.sql(VERSIONS + " where a.id = ? and v.version = ?")
        .param(id.value())
        .param(version)
        .query((row, number) -> read(row))
        .optional();
  }

  /** The versions before the given one, newest first. */
  List<Row> versions(AssistantId id, int before, int limit) {
    return jdbc.sql(VERSIONS + " where a.id = ? and v.version < ? order by v.version desc limit ?")
        .param(id.value())
        .param(before)
        .param(limit)
        .query((row, number) -> read(row))
        .list();
  }

  Row standard() {
    return jdbc.sql(SELECT + " and a.is_default").query((row, number) -> read(row)).single();
  }

  /** Holds back other changes of the same assistant until the transaction ends. */
  boolean lock(AssistantId id) {
    return jdbc.sql("select id from assistants.assistant where id = ? for update")
        .param(id.value())
        .query(UUID.class)
        .optional()
        .isPresent();
  }

  boolean nameTaken(String name, @Nullable AssistantId except) {
    return jdbc.sql(
            """
            select exists (select 1 from assistants.assistant
                            where lower(name) = lower(?) and id is distinct from ?::uuid)
            """)
        .param(name)
        .param(except == null ? null : except.toString())
        .query(Boolean.class)
        .single();
  }

  void insert(AssistantId id, AssistantDraft content, PersonId by, Instant now) {
    giveUpDefault(content);
    jdbc.sql(
            """
            insert into assistants.assistant (id, name, is_default, version, created_at, updated_at)
            values (?, ?, ?, 1, ?, ?)
            """)
        .param(id.value())
        .param(content.name())
        .param(content.isDefault())
        .param(now.atOffset(ZoneOffset.UTC))
        .param(now.atOffset(ZoneOffset.UTC))
        .update();
    insertVersion(id, 1, content, by, now);
  }

  void update(AssistantId id, int version, AssistantDraft content, PersonId by, Instant now) {
    giveUpDefault(content);
    jdbc.sql(
            """
            update assistants.assistant
               set name = ?, is_default = ?, version = ?, updated_at = ? where id = ?
            """)
        .param(content.name())
        .param(content.isDefault())
        .param(version)
        .param(now.atOffset(ZoneOffset.UTC))
        .param(id.value())
        .update();
    insertVersion(id, version, content, by, now);
  }

  void delete(AssistantId id) {
    jdbc.sql("delete from assistants.assistant where id = ?").param(id.value()).update();
  }

  /** At most one row may be the default at any moment, so the old one steps back first. */
  private void giveUpDefault(AssistantDraft content) {
    if (content.isDefault()) {
      jdbc.sql("update assistants.assistant set is_default = false where is_default").update();
    }
  }

  private void insertVersion(
      AssistantId id, int version, AssistantDraft content, PersonId by, Instant now) {
    jdbc.sql(
            """
            insert into assistants.assistant_version
                   (assistant_id, version, name, description, instructions, everything,
                    passages, semantic_weight, answer_sentences, adapter,
                    temperature, top_p, answer_tokens, seed, changed_by, created_at)
            values (?, ?, ?, ?, ?, ?, ?, ?::real, ?, ?, ?::real, ?::real, ?::integer, ?::bigint, ?, ?)
            """)
        .param(id.value())
        .param(version)
        .param(content.name())
        .param(content.description())
        .param(content.instructions())
        .param(content.within() == null)
        .param(content.retrieval().passages())
        .param(content.retrieval().semanticWeight())
        .param(content.retrieval().answerSentences())
        .param(content.adapter())
        .param(content.sampling().temperature())
        .param(content.sampling().topP())
        .param(content.sampling().answerTokens())
        .param(content.sampling().seed())
        .param(by.value())
        .param(now.atOffset(ZoneOffset.UTC))
        .update();
    if (content.within() == null) {
      return;
    }
    for (var collection : content.within()) {
      jdbc.sql(
              """
              insert into assistants.assistant_collection (assistant_id, version, collection_id)
              values (?, ?, ?)
              """)
          .param(id.value())
          .param(version)
          .param(collection.value())
          .update();
    }
  }

  private static Row read(ResultSet row) throws SQLException {
    var by = row.getObject("changed_by", UUID.class);
    var content =
        new AssistantDraft(
            row.getString("name"),
            row.getString("description"),
            row.getString("instructions"),
            row.getBoolean("everything")
                ? null
                : new HashSet<>(collections(row.getArray("collections"))),
            new RetrievalSettings(
                row.getInt("passages"),
                number(row, "semantic_weight"),
                row.getInt("answer_sentences")),
            row.getString("adapter"),
            new SamplingSettings(
                number(row, "temperature"),
                number(row, "top_p"),
                row.getObject("answer_tokens", Integer.class),
                row.getObject("seed", Long.class)),
            row.getBoolean("is_default"));
    return new Row(
        new AssistantId(row.getObject("id", UUID.class)),
        row.getInt("version"),
        content,
        collections(row.getArray("readable")),
        by == null ? null : new AssistantEditor(by, row.getString("changed_by_name")),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("updated_at").toInstant());
  }

  /** As it was given: a real has fewer digits than a double. */
  private static @Nullable Double number(ResultSet row, String column) throws SQLException {
    var value = (Float) row.getObject(column);
    return value == null ? null : Double.valueOf(value.toString());
  }

  private static List<CollectionId> collections(Array ids) throws SQLException {
    return Arrays.stream((UUID[]) ids.getArray()).map(CollectionId::new).toList();
  }
}
