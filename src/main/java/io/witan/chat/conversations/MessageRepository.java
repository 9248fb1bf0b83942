package io.witan.chat.conversations;

import io.witan.chat.Answer;
import io.witan.chat.AnswerBlock;
import io.witan.chat.Citation;
import io.witan.chat.conversations.Message.MessageProblem;
import io.witan.chat.conversations.Message.Rating;
import io.witan.identity.PersonId;
import io.witan.retrieval.Hit;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Writes messages; row-level security leaves only the asking person's. */
@Repository
class MessageRepository {
  private final JdbcClient jdbc;
  private final AnsweringProcess process;

  MessageRepository(JdbcClient jdbc, AnsweringProcess process) {
    this.jdbc = jdbc;
    this.process = process;
  }

  void deleteFrom(ConversationId id, int position) {
    jdbc.sql("delete from chat.message where conversation_id = ? and position >= ?")
        .param(id.value())
        .param(position)
        .update();
  }

  void insertQuestion(
      ConversationId conversation,
      PersonId owner,
      int position,
      MessageId id,
      String text,
      Instant now) {
    jdbc.sql(
            """
            insert into chat.message
                   (id, conversation_id, person_id, position, role, text, state, created_at)
            values (?, ?, ?, ?, 'QUESTION', ?, 'COMPLETE', ?)
            """)
        .param(id.value())
        .param(conversation.value())
        .param(owner.value())
        .param(position)
        .param(text)
        .param(now.atOffset(ZoneOffset.UTC))
        .update();
  }

  void insertAnswer(
      ConversationId conversation, PersonId owner, int position, MessageId id, Instant now) {
    jdbc.sql(
            """
            insert into chat.message
                   (id, conversation_id, person_id, position, role, state, created_at, process)
            values (?, ?, ?, ?, 'ANSWER', 'STREAMING', ?, ?)
            """)
        .param(id.value())
        .param(conversation.value())
        .param(owner.value())
        .param(position)
        .param(now.atOffset(ZoneOffset.UTC))
        .param(process.number())
        .update();
  }

  /**
   * Adds a block to an answer that is being written, or puts its longer text in its place.
   *
   * @param fresh citations of the block that were not there
   * @return false if the answer is no longer there to be written, or what it says was erased
   */
  boolean putBlock(
      PersonId owner,
      MessageId id,
      int place,
      AnswerBlock.Kind kind,
      String text,
      List<Citation> fresh) {
    int inserted =
        jdbc.sql(
                """
                insert into chat.answer_block (message_id, person_id, place, kind, text)
                select m.id, m.person_id, ?, ?, ? from chat.message m
                 where m.id = ? and m.state = 'STREAMING'
                on conflict (message_id, place) do update set text = excluded.text
                 where answer_block.kind <> 'REDACTED'
                """)
            .param(place)
            .param(kind.name())
            .param(text)
            .param(id.value())
            .update();
    if (inserted == 0) {
      return false;
    }
    fresh.forEach(citation -> addCitation(owner, id, place, citation));
    return true;
  }

  private void addCitation(PersonId owner, MessageId id, int place, Citation citation) {
    var uploadedAt = citation.uploadedAt();
    var ranks = citation.ranks();
    jdbc.sql(
            """
            insert into chat.citation
                   (message_id, person_id, number, place, document_id, text_version_id, collection_id,
                    title, heading, page, revision, uploaded_at, start_offset, end_offset, quote,
                    rank, rank_by_meaning, rank_by_words)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(id.value())
        .param(owner.value())
        .param(citation.number())
        .param(place)
        .param(citation.documentId())
        .param(citation.textVersionId())
        .param(citation.collectionId())
        .param(citation.title())
        .param(citation.heading())
        .param(citation.page())
        .param(citation.revision())
        .param(uploadedAt == null ? null : uploadedAt.atOffset(ZoneOffset.UTC))
        .param(citation.start())
        .param(citation.end())
        .param(citation.quote())
        .param(ranks == null ? null : ranks.place())
        .param(ranks == null ? null : ranks.byMeaning())
        .param(ranks == null ? null : ranks.byWords())
        .update();
  }

  /** Ends an answer with what it was made from. */
  void finish(PersonId owner, MessageId id, MessageState state, Answer answer) {
    var settings = answer.assistant();
    int updated =
        jdbc.sql(
                """
                update chat.message
                   set state = ?, mode = ?, query = ?, assistant_id = ?, assistant_version = ?,
                       passages = ?, semantic_weight = ?::real, answer_sentences = ?,
                       searched_collections = ?::uuid[],
                       search_millis = ?, write_millis = ?, total_millis = ?
                 where id = ? and state = 'STREAMING'
                """)
            .param(state.name())
            .param(answer.mode().name())
            .param(answer.query())
            .param(settings.id().value())
            .param(settings.version())
            .param(settings.retrieval().passages())
            .param(settings.retrieval().semanticWeight())
            .param(settings.retrieval().answerSentences())
            .param(searched(answer))
            .param(answer.timing().searchMillis())
            .param(answer.timing().writeMillis())
            .param(answer.timing().totalMillis())
            .param(id.value())
            .update();
    if (updated > 0) {
      answer.considered().forEach(hit -> addConsidered(owner, id, hit));
    }
  }

  private static String[] searched(Answer answer) {
    return answer.searched().collections().stream()
        .map(collection -> collection.id().toString())
        .toArray(String[]::new);
  }

  private void addConsidered(PersonId owner, MessageId id, Hit hit) {
    jdbc.sql(
            """
            insert into chat.considered_passage
                   (message_id, person_id, rank, passage_id, document_id, text_version_id,
                    collection_id, heading, page, start_offset, end_offset)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(id.value())
        .param(owner.value())
        .param(hit.rank())
        .param(hit.passageId())
        .param(hit.documentId().value())
        .param(hit.textVersionId().value())
        .param(hit.collectionId().value())
        .param(hit.headingPath())
        .param(hit.page())
        .param(hit.start())
        .param(hit.end())
        .update();
  }

  /** Ends an answer that could not be made; its blocks stay. */
  void fail(MessageId id, MessageProblem problem) {
    jdbc.sql(
            """
            update chat.message
               set state = 'FAILED', mode = case when writer is null then mode else 'WRITTEN' end,
                   problem_code = ?, problem_title = ?, problem_detail = ?
             where id = ? and state = 'STREAMING'
            """)
        .param(problem.code())
        .param(problem.title())
        .param(problem.detail())
        .param(id.value())
        .update();
  }

  /** Processes that hold no lock any more and have not ended their answers; 0 for unknown ones. */
  Set<Integer> gone() {
    return Set.copyOf(
        jdbc.sql(
                """
                select distinct coalesce(m.process, 0) from chat.message m
                 where m.state = 'STREAMING'
                   and not exists (
                     select from pg_locks l
                      where l.locktype = 'advisory' and l.granted and l.objsubid = 2
                        and l.classid::bigint = ? and l.objid::bigint = m.process
                        and l.database =
                            (select oid from pg_database where datname = current_database()))
                """)
            .param(AnsweringProcess.LOCKS)
            .query(Integer.class)
            .list());
  }

  /** Ends answers that these processes do not write any more. */
  int stopAbandoned(Set<Integer> gone) {
    return jdbc.sql(
            """
            update chat.message
               set state = 'STOPPED', mode = case when writer is null then mode else 'WRITTEN' end
             where state = 'STREAMING' and coalesce(process, 0) = any (?::integer[])
            """)
        .param(gone.stream().map(String::valueOf).toArray(String[]::new))
        .update();
  }

  /** Ends the answer that another process writes; it sees that when it stores the next words. */
  void stopElsewhere(ConversationId id) {
    jdbc.sql(
            """
            update chat.message
               set state = 'STOPPED', mode = case when writer is null then mode else 'WRITTEN' end
             where conversation_id = ? and state = 'STREAMING' and process is distinct from ?
            """)
        .param(id.value())
        .param(process.number())
        .update();
  }

  boolean rate(PersonId owner, MessageId id, @Nullable Rating rating, @Nullable String reason) {
    return jdbc.sql(
                """
                update chat.message set rating = ?, rating_reason = ?
                 where id = ? and person_id = ? and role = 'ANSWER'
                """)
            .param(rating == null ? null : rating.name())
            .param(rating == null ? null : reason)
            .param(id.value())
            .param(owner.value())
            .update()
        > 0;
  }

  /** Takes what answers quote from a document out of everybody's conversations. */
  void eraseDocument(UUID document) {
    jdbc.sql("select chat.erase_document(?)").param(document).query((row, number) -> true).single();
  }
}
