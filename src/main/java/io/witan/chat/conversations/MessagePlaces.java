package io.witan.chat.conversations;

import io.witan.identity.PersonId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** SQL that finds places among messages; callers bring the transaction. */
@Repository
class MessagePlaces {
  private final JdbcClient jdbc;

  MessagePlaces(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A message's place in its conversation. */
  record Place(ConversationId conversation, int position, Message.Role role) {}

  Optional<Place> find(PersonId owner, MessageId id) {
    return jdbc.sql(
            """
            select conversation_id, position, role from chat.message where id = ? and person_id = ?
            """)
        .param(id.value())
        .param(owner.value())
        .query(
            (row, number) ->
                new Place(
                    new ConversationId(row.getObject("conversation_id", UUID.class)),
                    row.getInt("position"),
                    Message.Role.valueOf(row.getString("role"))))
        .optional();
  }

  boolean isAnswering(ConversationId id) {
    return jdbc.sql(
            """
            select exists (select 1 from chat.message
                            where conversation_id = ? and state = 'STREAMING')
            """)
        .param(id.value())
        .query(Boolean.class)
        .single();
  }

  /** Questions before a position, oldest first. */
  List<String> questionsBefore(ConversationId id, int position) {
    return jdbc.sql(
            """
            select text from chat.message
             where conversation_id = ? and role = 'QUESTION' and position < ? order by position
            """)
        .param(id.value())
        .param(position)
        .query(String.class)
        .list();
  }

  /** Whether a question has an answer that did not fail. */
  boolean isAnswered(ConversationId id, int questionPosition) {
    return jdbc.sql(
            """
            select exists (select 1 from chat.message
                            where conversation_id = ? and position = ? and role = 'ANSWER'
                              and state <> 'FAILED')
            """)
        .param(id.value())
        .param(questionPosition + 1)
        .query(Boolean.class)
        .single();
  }

  String questionText(MessageId id) {
    return jdbc.sql("select text from chat.message where id = ? and role = 'QUESTION'")
        .param(id.value())
        .query(String.class)
        .single();
  }

  int nextPosition(ConversationId id) {
    return jdbc.sql(
            "select coalesce(max(position) + 1, 0) from chat.message where conversation_id = ?")
        .param(id.value())
        .query(Integer.class)
        .single();
  }
}
