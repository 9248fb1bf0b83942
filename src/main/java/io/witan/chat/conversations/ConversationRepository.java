package io.witan.chat.conversations;

import io.witan.identity.PersonId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** SQL of conversations; row-level security leaves only the asking person's. */
@Repository
class ConversationRepository {
  private static final String COLUMNS =
      "id, title, pinned, assistant_id, collection_ids, created_at, updated_at";

  private final JdbcClient jdbc;

  ConversationRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The last row of the page before. */
  record Position(boolean pinned, Instant updatedAt, UUID id) {}

  /**
   * Pinned ones first, then by last change.
   *
   * @param query part of the title or of a question; blank for all
   */
  List<ConversationSummary> list(
      PersonId owner, String query, @Nullable Position after, int limit) {
    return jdbc.sql(
            """
            select %s from chat.conversation c
             where person_id = :owner
               and (:query = '' or position(lower(:query) in lower(title)) > 0
                    or exists (select 1 from chat.message m
                                where m.conversation_id = c.id
                                  and position(lower(:query) in lower(m.text)) > 0))
               and (:after::uuid is null
                    or (not pinned, -extract(epoch from updated_at), id)
                       > (not :pinned, -extract(epoch from :updated::timestamptz), :after::uuid))
             order by not pinned, -extract(epoch from updated_at), id
             limit :limit
            """
                .formatted(COLUMNS))
        .param("owner", owner.value())
        .param("query", query)
        .param("after", after == null ? null : after.id().toString())
        .param("pinned", after != null && after.pinned())
        .param("updated", after == null ? null : after.updatedAt().toString())
        .param("limit", limit)
        .query((row, number) -> read(row).summary())
        .list();
  }

  Optional<StoredConversation> find(PersonId owner, ConversationId id) {
    return jdbc.sql("select " + COLUMNS + " from chat.conversation where id = ? and person_id = ?")
        .param(id.value())
        .param(owner.value())
        .query((row, number) -> read(row))
        .optional();
  }

  /** As {@link #find}, and holds back other changes until the transaction ends. */
  Optional<StoredConversation> lock(PersonId owner, ConversationId id) {
    return jdbc.sql(
            "select "
                + COLUMNS
                + " from chat.conversation where id = ? and person_id = ? for update")
        .param(id.value())
        .param(owner.value())
        .query((row, number) -> read(row))
        .optional();
  }

  void insert(
      ConversationId id,
      PersonId owner,
      @Nullable UUID assistant,
      @Nullable Set<UUID> collections,
      Instant now) {
    jdbc.sql(
            """
            insert into chat.conversation
                   (id, person_id, title, assistant_id, collection_ids, created_at, updated_at)
            values (?, ?, '', ?::uuid, ?::uuid[], ?, ?)
            """)
        .param(id.value())
        .param(owner.value())
        .param(text(assistant))
        .param(texts(collections))
        .param(now.atOffset(ZoneOffset.UTC))
        .param(now.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** Remembers what was chosen for the last question. */
  void asked(
      ConversationId id,
      String title,
      @Nullable UUID assistant,
      @Nullable Set<UUID> collections,
      Instant now) {
    jdbc.sql(
            """
            update chat.conversation
               set title = ?, assistant_id = ?::uuid, collection_ids = ?::uuid[], updated_at = ?
             where id = ?
            """)
        .param(title)
        .param(text(assistant))
        .param(texts(collections))
        .param(now.atOffset(ZoneOffset.UTC))
        .param(id.value())
        .update();
  }

  void rename(ConversationId id, String title, boolean pinned) {
    jdbc.sql("update chat.conversation set title = ?, pinned = ? where id = ?")
        .param(title)
        .param(pinned)
        .param(id.value())
        .update();
  }

  boolean delete(PersonId owner, ConversationId id) {
    return jdbc.sql("delete from chat.conversation where id = ? and person_id = ?")
            .param(id.value())
            .param(owner.value())
            .update()
        > 0;
  }

  private static @Nullable String text(@Nullable UUID id) {
    return id == null ? null : id.toString();
  }

  private static String @Nullable [] texts(@Nullable Set<UUID> ids) {
    return ids == null ? null : ids.stream().map(UUID::toString).sorted().toArray(String[]::new);
  }

  private static StoredConversation read(ResultSet row) throws SQLException {
    Array collections = row.getArray("collection_ids");
    return new StoredConversation(
        new ConversationSummary(
            row.getObject("id", UUID.class),
            row.getString("title"),
            row.getBoolean("pinned"),
            row.getTimestamp("created_at").toInstant(),
            row.getTimestamp("updated_at").toInstant(),
            row.getObject("assistant_id", UUID.class)),
        collections == null ? null : List.of((UUID[]) collections.getArray()));
  }
}
