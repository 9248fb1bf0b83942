package io.witan.chat.conversations;

import io.witan.catalogue.CollectionId;
import io.witan.chat.AnswerRemote;
import io.witan.chat.Writing;
import io.witan.chat.WritingEnd;
import io.witan.identity.PersonId;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Keeps what written answers were made from; row-level security leaves only the asking person's.
 */
@Repository
class WritingRepository {
  private final JdbcClient jdbc;

  WritingRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Says who writes an answer from what, before its first word.
   *
   * @return false if the answer is no longer there to be written
   */
  boolean begin(PersonId owner, MessageId id, Writing writing) {
    var model = writing.model();
    int there =
        jdbc.sql("update chat.message set writer = ? where id = ? and state = 'STREAMING'")
            .param(model.name())
            .param(id.value())
            .update();
    if (there == 0) {
      return false;
    }
    var sampling = writing.sampling();
    var read = writing.read();
    var limit = read.limitedBy();
    jdbc.sql(
            """
            insert into chat.writing
                   (message_id, person_id, model_id, model_name, local, temperature, top_k, top_p,
                    min_p, seed, max_tokens, prompt_version, prompt_tokens, read_passages,
                    read_tokens, found, found_read, limited_by, sources)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::uuid[])
            """)
        .param(id.value())
        .param(owner.value())
        .param(model.id())
        .param(model.name())
        .param(model.local())
        .param(sampling.temperature())
        .param(sampling.topK())
        .param(sampling.topP())
        .param(sampling.minP())
        .param(sampling.seed())
        .param(writing.maxTokens())
        .param(writing.promptVersion())
        .param(writing.promptTokens())
        .param(read.passages())
        .param(read.tokens())
        .param(read.found())
        .param(read.foundRead())
        .param(limit == null ? null : limit.name())
        .param(ids(writing.sources()))
        .update();
    insertStretches(owner, id, writing);
    return true;
  }

  private static String @Nullable [] ids(@Nullable Set<CollectionId> collections) {
    return collections == null
        ? null
        : collections.stream().map(CollectionId::toString).toArray(String[]::new);
  }

  /**
   * Says what of an answer leaves the machine, before it does.
   *
   * @return false if the answer is no longer there to be written
   */
  boolean leaving(PersonId owner, MessageId id, AnswerRemote remote) {
    return jdbc.sql(
                """
                insert into chat.remote_answer
                       (message_id, person_id, model_name, host, sent, withheld)
                select m.id, m.person_id, ?, ?, ?, ? from chat.message m
                 where m.id = ? and m.person_id = ? and m.state = 'STREAMING'
                on conflict (message_id) do update
                   set model_name = excluded.model_name, host = excluded.host,
                       sent = chat.remote_answer.sent or excluded.sent,
                       withheld = excluded.withheld
                """)
            .param(remote.model())
            .param(remote.host())
            .param(remote.sent())
            .param(remote.withheld())
            .param(id.value())
            .param(owner.value())
            .update()
        == 1;
  }

  private void insertStretches(PersonId owner, MessageId id, Writing writing) {
    for (var stretch : writing.stretches()) {
      jdbc.sql(
              """
              insert into chat.read_stretch
                     (message_id, person_id, number, document_id, text_version_id, collection_id,
                      start_offset, end_offset)
              values (?, ?, ?, ?, ?, ?, ?, ?)
              """)
          .param(id.value())
          .param(owner.value())
          .param(stretch.number())
          .param(stretch.best().documentId().value())
          .param(stretch.best().textVersionId().value())
          .param(stretch.best().collectionId().value())
          .param(stretch.start())
          .param(stretch.end())
          .update();
    }
  }

  void end(MessageId id, WritingEnd end) {
    var first = end.firstToken();
    jdbc.sql(
            """
            update chat.writing
               set cut_off = ?, generated_tokens = ?, reused_tokens = ?, queued_millis = ?,
                   first_token_millis = ?, dropped_markers = ?
             where message_id = ?
            """)
        .param(end.cutOff())
        .param(end.generatedTokens())
        .param(end.reusedTokens())
        .param(end.queued().toMillis())
        .param(first == null ? null : first.toMillis())
        .param(end.droppedMarkers())
        .param(id.value())
        .update();
  }
}
