package io.witan.chat.conversations;

import io.witan.chat.AnswerBlock;
import io.witan.chat.AnswerMode;
import io.witan.chat.AnswerRead;
import io.witan.chat.AnswerRemote;
import io.witan.chat.Citation;
import io.witan.chat.CitationRanks;
import io.witan.chat.Timing;
import io.witan.chat.conversations.StoredMessage.Considered;
import io.witan.chat.conversations.StoredMessage.StoredBlock;
import io.witan.chat.conversations.StoredMessage.StoredCitation;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads messages with their parts; a constant number of queries, however long a conversation. */
@Repository
class MessageReader {
  private static final String OF_MESSAGES =
      " where message_id in (select id from chat.message where conversation_id = :conversation"
          + " and (:message::uuid is null or id = :message::uuid))";

  private final JdbcClient jdbc;

  MessageReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** All messages, oldest first. */
  List<StoredMessage> of(ConversationId conversation) {
    return read(conversation, null);
  }

  Optional<StoredMessage> one(ConversationId conversation, MessageId id) {
    return read(conversation, id.toString()).stream().findFirst();
  }

  private List<StoredMessage> read(ConversationId conversation, @Nullable String message) {
    var blocks =
        parts(select("answer_block", "place", conversation, message), (row, n) -> block(row));
    var citations =
        parts(select("citation", "number", conversation, message), (row, n) -> citation(row));
    var considered =
        parts(
            select("considered_passage", "rank", conversation, message),
            (row, n) -> considered(row));
    var writings =
        parts(select("writing", "message_id", conversation, message), (row, n) -> writing(row));
    var stretches =
        parts(
            select("read_stretch", "number", conversation, message),
            (row, n) -> row.getObject("text_version_id", UUID.class));
    var remotes =
        parts(
            select("remote_answer", "message_id", conversation, message), (row, n) -> remote(row));
    return jdbc.sql(
            """
            select * from chat.message
             where conversation_id = :conversation
               and (:message::uuid is null or id = :message::uuid) order by position
            """)
        .param("conversation", conversation.value())
        .param("message", message)
        .query(
            (row, number) ->
                message(row, blocks, citations, considered, writings, stretches, remotes))
        .list();
  }

  private JdbcClient.StatementSpec select(
      String table, String order, ConversationId conversation, @Nullable String message) {
    return jdbc.sql("select * from chat." + table + OF_MESSAGES + " order by " + order)
        .param("conversation", conversation.value())
        .param("message", message);
  }

  private static <T> Map<UUID, List<T>> parts(
      JdbcClient.StatementSpec select, RowMapper<T> mapper) {
    var parts = new HashMap<UUID, List<T>>();
    RowCallbackHandler collect =
        row ->
            parts
                .computeIfAbsent(row.getObject("message_id", UUID.class), id -> new ArrayList<>())
                .add(mapper.mapRow(row, 0));
    select.query(collect);
    return parts;
  }

  private static StoredMessage message(
      ResultSet row,
      Map<UUID, List<StoredBlock>> blocks,
      Map<UUID, List<StoredCitation>> citations,
      Map<UUID, List<Considered>> considered,
      Map<UUID, List<StoredWriting>> writings,
      Map<UUID, List<UUID>> stretches,
      Map<UUID, List<AnswerRemote>> remotes)
      throws SQLException {
    var id = row.getObject("id", UUID.class);
    var mode = row.getString("mode");
    var rating = row.getString("rating");
    var writing = writings.getOrDefault(id, List.of()).stream().findFirst().orElse(null);
    Array searched = row.getArray("searched_collections");
    return new StoredMessage(
        new MessageId(id),
        Message.Role.valueOf(row.getString("role")),
        row.getTimestamp("created_at").toInstant(),
        row.getString("text"),
        MessageState.valueOf(row.getString("state")),
        mode == null ? null : AnswerMode.valueOf(mode),
        row.getString("writer"),
        blocks.getOrDefault(id, List.of()),
        citations.getOrDefault(id, List.of()),
        searched == null ? List.of() : List.of((UUID[]) searched.getArray()),
        considered.getOrDefault(id, List.of()),
        timing(row),
        rating == null ? null : Message.Rating.valueOf(rating),
        problem(row),
        writing == null ? null : writing.read(),
        writing != null && writing.cutOff(),
        stretches.getOrDefault(id, List.of()),
        remotes.getOrDefault(id, List.of()).stream().findFirst().orElse(null),
        writing == null ? null : writing.sources());
  }

  private static AnswerRemote remote(ResultSet row) throws SQLException {
    return new AnswerRemote(
        row.getString("host"),
        row.getString("model_name"),
        row.getBoolean("sent"),
        row.getInt("withheld"));
  }

  private record StoredWriting(AnswerRead read, boolean cutOff, @Nullable Set<UUID> sources) {}

  private static StoredWriting writing(ResultSet row) throws SQLException {
    var limit = row.getString("limited_by");
    Array sources = row.getArray("sources");
    return new StoredWriting(
        new AnswerRead(
            row.getInt("read_passages"),
            row.getInt("read_tokens"),
            row.getInt("found"),
            row.getInt("found_read"),
            limit == null ? null : AnswerRead.Limit.valueOf(limit)),
        row.getBoolean("cut_off"),
        sources == null ? null : new HashSet<>(List.of((UUID[]) sources.getArray())));
  }

  private static @Nullable Timing timing(ResultSet row) throws SQLException {
    var total = row.getObject("total_millis", Long.class);
    return total == null
        ? null
        : new Timing(row.getLong("search_millis"), row.getLong("write_millis"), total);
  }

  private static Message.@Nullable MessageProblem problem(ResultSet row) throws SQLException {
    var code = row.getString("problem_code");
    return code == null
        ? null
        : new Message.MessageProblem(
            code, row.getString("problem_title"), row.getString("problem_detail"));
  }

  private static StoredBlock block(ResultSet row) throws SQLException {
    return new StoredBlock(
        row.getInt("place"),
        AnswerBlock.Kind.valueOf(row.getString("kind")),
        row.getString("text"));
  }

  private static StoredCitation citation(ResultSet row) throws SQLException {
    return new StoredCitation(
        row.getInt("place"),
        new Citation(
            row.getInt("number"),
            row.getObject("document_id", UUID.class),
            row.getObject("text_version_id", UUID.class),
            row.getObject("collection_id", UUID.class),
            row.getString("title"),
            row.getString("heading"),
            row.getObject("page", Integer.class),
            row.getInt("revision"),
            row.getTimestamp("uploaded_at").toInstant(),
            row.getInt("start_offset"),
            row.getInt("end_offset"),
            row.getString("quote"),
            ranks(row),
            false),
        row.getBoolean("erased"));
  }

  private static @Nullable CitationRanks ranks(ResultSet row) throws SQLException {
    var place = row.getObject("rank", Integer.class);
    return place == null
        ? null
        : new CitationRanks(
            place,
            row.getObject("rank_by_meaning", Integer.class),
            row.getObject("rank_by_words", Integer.class));
  }

  private static Considered considered(ResultSet row) throws SQLException {
    return new Considered(
        row.getInt("rank"),
        row.getObject("passage_id", UUID.class),
        row.getObject("document_id", UUID.class),
        row.getObject("text_version_id", UUID.class),
        row.getObject("collection_id", UUID.class),
        row.getString("heading"),
        row.getObject("page", Integer.class),
        row.getInt("start_offset"),
        row.getInt("end_offset"));
  }
}
