package io.witan.chat.conversations;

import io.witan.identity.PersonId;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Copies the beginning of a conversation; row-level security leaves only the asking person's. */
@Repository
class ConversationCopies {
  private final JdbcClient jdbc;

  ConversationCopies(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A second conversation with the choices of the first, and nothing in it. */
  void insert(PersonId owner, ConversationId from, ConversationId to, Instant now) {
    jdbc.sql(
            """
            insert into chat.conversation
                   (id, person_id, title, assistant_id, collection_ids, created_at, updated_at)
            select :to, person_id, title, assistant_id, collection_ids, :now, :now
              from chat.conversation where id = :from and person_id = :owner
            """)
        .param("to", to.value())
        .param("from", from.value())
        .param("owner", owner.value())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** Messages up to a position with all that belongs to them, but for what was thought of them. */
  void messages(PersonId owner, ConversationId from, ConversationId to, int lastPosition) {
    jdbc.sql(
            """
            with copied as materialized (
              select id as old_id, gen_random_uuid() as new_id from chat.message
               where conversation_id = :from and person_id = :owner and position <= :last
            ), messages as (
              insert into chat.message
                     (id, conversation_id, person_id, position, role, text, state, mode, writer,
                      query, assistant_id, assistant_version, passages, semantic_weight,
                      answer_sentences, searched_collections, search_millis, write_millis,
                      total_millis, problem_code, problem_title, problem_detail, created_at)
              select c.new_id, :to, m.person_id, m.position, m.role, m.text, m.state, m.mode,
                     m.writer, m.query, m.assistant_id, m.assistant_version, m.passages,
                     m.semantic_weight, m.answer_sentences, m.searched_collections,
                     m.search_millis, m.write_millis, m.total_millis, m.problem_code,
                     m.problem_title, m.problem_detail, m.created_at
                from chat.message m join copied c on c.old_id = m.id
            ), blocks as (
              insert into chat.answer_block (message_id, person_id, place, kind, text)
              select c.new_id, b.person_id, b.place, b.kind, b.text
                from chat.answer_block b join copied c on c.old_id = b.message_id
            ), citations as (
              insert into chat.citation
                     (message_id, person_id, number, place, document_id, text_version_id,
                      collection_id, title, heading, page, revision, uploaded_at, start_offset,
                      end_offset, quote, erased, rank, rank_by_meaning, rank_by_words)
              select c.new_id, q.person_id, q.number, q.place, q.document_id, q.text_version_id,
                     q.collection_id, q.title, q.heading, q.page, q.revision, q.uploaded_at,
                     q.start_offset, q.end_offset, q.quote, q.erased, q.rank,
                     q.rank_by_meaning, q.rank_by_words
                from chat.citation q join copied c on c.old_id = q.message_id
            ), writings as (
              insert into chat.writing
                     (message_id, person_id, model_id, model_name, local, temperature, top_k,
                      top_p, min_p, seed, max_tokens, prompt_version, prompt_tokens,
                      read_passages, read_tokens, found, found_read, limited_by, cut_off,
                      generated_tokens, reused_tokens, queued_millis, first_token_millis,
                      dropped_markers, sources)
              select c.new_id, w.person_id, w.model_id, w.model_name, w.local, w.temperature,
                     w.top_k, w.top_p, w.min_p, w.seed, w.max_tokens, w.prompt_version,
                     w.prompt_tokens, w.read_passages, w.read_tokens, w.found, w.found_read,
                     w.limited_by, w.cut_off, w.generated_tokens, w.reused_tokens,
                     w.queued_millis, w.first_token_millis, w.dropped_markers, w.sources
                from chat.writing w join copied c on c.old_id = w.message_id
            ), stretches as (
              insert into chat.read_stretch
                     (message_id, person_id, number, document_id, text_version_id, collection_id,
                      start_offset, end_offset)
              select c.new_id, r.person_id, r.number, r.document_id, r.text_version_id,
                     r.collection_id, r.start_offset, r.end_offset
                from chat.read_stretch r join copied c on c.old_id = r.message_id
            ), remotes as (
              insert into chat.remote_answer
                     (message_id, person_id, model_name, host, sent, withheld)
              select c.new_id, r.person_id, r.model_name, r.host, r.sent, r.withheld
                from chat.remote_answer r join copied c on c.old_id = r.message_id
            )
            insert into chat.considered_passage
                   (message_id, person_id, rank, passage_id, document_id, text_version_id,
                    collection_id, heading, page, start_offset, end_offset)
            select c.new_id, p.person_id, p.rank, p.passage_id, p.document_id, p.text_version_id,
                   p.collection_id, p.heading, p.page, p.start_offset, p.end_offset
              from chat.considered_passage p join copied c on c.old_id = p.message_id
            """)
        .param("from", from.value())
        .param("to", to.value())
        .param("owner", owner.value())
        .param("last", lastPosition)
        .update();
  }
}
