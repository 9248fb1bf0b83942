package io.witan.retrieval;

import io.witan.catalogue.DocumentId;
import io.witan.retrieval.terms.TermAnalyzer;
import io.witan.retrieval.terms.TermVector;
import java.sql.Timestamp;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The rows of the index. Locks are always taken in the order collection, source, passages,
 * statistics, so that indexing and the deletion of a whole collection cannot deadlock.
 */
@Repository
class PassageRows {
  private static final int ROWS_PER_STATEMENT = 500;

  private final JdbcClient jdbc;
  private final TermAnalyzer analyzer;

  PassageRows(JdbcClient jdbc, TermAnalyzer analyzer) {
    this.jdbc = jdbc;
    this.analyzer = analyzer;
  }

  /** Inserts or updates the source, makes it the current one and drops the document's passages. */
  void supersede(SourceDraft source) {
    jdbc.sql(
            """
            insert into retrieval.source
                   (id, document_id, collection_id, title, revision, uploaded_at, current)
            values (?, ?, ?, ?, ?, ?, false)
            on conflict (id) do update set title = excluded.title, current = false
            """)
        .params(
            source.id().value(),
            source.documentId().value(),
            source.collectionId().value(),
            source.title(),
            source.revision(),
            Timestamp.from(source.uploadedAt()))
        .update();
    jdbc.sql("update retrieval.source set current = false where document_id = ? and current")
        .param(source.documentId().value())
        .update();
    jdbc.sql("update retrieval.source set current = true where id = ?")
        .param(source.id().value())
        .update();
    jdbc.sql(
            """
            delete from retrieval.passage
             where source_id in (select id from retrieval.source where document_id = ?)
            """)
        .param(source.documentId().value())
        .update();
  }

  void insert(SourceDraft source, List<EmbeddedPassage> passages) {
    for (int from = 0; from < passages.size(); from += ROWS_PER_STATEMENT) {
      int to = Math.min(passages.size(), from + ROWS_PER_STATEMENT);
      insertBatch(source, passages.subList(from, to));
    }
  }

  /** One statement for all rows: the triggers that keep the statistics run once for each. */
  private void insertBatch(SourceDraft source, List<EmbeddedPassage> passages) {
    var terms =
        passages.stream()
            .map(it -> PassageIndex.inContext(source.title(), it.passage()))
            .map(text -> TermVector.of(analyzer.terms(text)))
            .toList();
    var ids = passages.stream().map(it -> UUID.randomUUID().toString()).toArray(String[]::new);
    jdbc.sql(
            """
            insert into retrieval.passage
                   (id, source_id, collection_id, ordinal, start_offset, end_offset, heading,
                    language, page, text, terms, term_count)
            select r.id, ?, ?, r.ordinal, r.start_offset, r.end_offset, r.heading,
                   r.language, r.page, r.text, r.terms, r.term_count
              from unnest(?::uuid[], ?::integer[], ?::integer[], ?::integer[], ?::text[],
                          ?::text[], ?::integer[], ?::text[], ?::text[]::tsvector[], ?::integer[])
                   as r (id, ordinal, start_offset, end_offset, heading,
                         language, page, text, terms, term_count)
            """)
        .params(
            source.id().value(),
            source.collectionId().value(),
            ids,
            integers(passages, it -> it.passage().ordinal()),
            integers(passages, it -> it.passage().start()),
            integers(passages, it -> it.passage().end()),
            strings(passages, it -> it.passage().headingPath()),
            strings(passages, it -> it.passage().language()),
            integers(passages, it -> it.passage().page()),
            strings(passages, it -> it.passage().text()),
            terms.stream().map(TermVector::literal).toArray(String[]::new),
            terms.stream().map(TermVector::length).toArray(Integer[]::new))
        .update();
    insertVectors(source, passages, ids, Language.ENGLISH);
    insertVectors(source, passages, ids, Language.CHINESE);
  }

  private void insertVectors(
      SourceDraft source, List<EmbeddedPassage> passages, String[] ids, String language) {
    var chosen =
        java.util.stream.IntStream.range(0, ids.length)
            .filter(i -> passages.get(i).passage().language().equals(language))
            .boxed()
            .toList();
    if (chosen.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into retrieval.vector_%s (passage_id, collection_id, embedder, embedding)
            select r.id, ?, r.embedder, r.vector::public.halfvec
              from unnest(?::uuid[], ?::text[], ?::text[]) as r (id, embedder, vector)
            """
                .formatted(language))
        .params(
            source.collectionId().value(),
            chosen.stream().map(i -> ids[i]).toArray(String[]::new),
            chosen.stream().map(i -> passages.get(i).embedder()).toArray(String[]::new),
            chosen.stream()
                .map(i -> Vectors.literal(passages.get(i).vector()))
                .toArray(String[]::new))
        .update();
  }

  /** The collection that the document was in; null if nothing of it was indexed. */
  @Nullable UUID delete(DocumentId id) {
    UUID collection =
        jdbc.sql("select collection_id from retrieval.source where document_id = ? limit 1")
            .param(id.value())
            .query(UUID.class)
            .optional()
            .orElse(null);
    if (collection != null) {
      jdbc.sql("select 1 from catalogue.collection where id = ? for key share")
          .param(collection)
          .query()
          .listOfRows();
      jdbc.sql("delete from retrieval.source where document_id = ?").param(id.value()).update();
    }
    return collection;
  }

  void rename(DocumentId id, String title) {
    jdbc.sql("update retrieval.source set title = ? where document_id = ?")
        .params(title, id.value())
        .update();
    record Row(String id, TermVector terms) {}
    var rows =
        jdbc.sql(
                """
                select p.id, p.heading, p.text from retrieval.passage p
                  join retrieval.source s on s.id = p.source_id where s.document_id = ?
                """)
            .param(id.value())
            .query(
                (row, number) ->
                    new Row(
                        row.getString("id"),
                        TermVector.of(
                            analyzer.terms(
                                PassageIndex.inContext(
                                    title, row.getString("heading"), row.getString("text"))))))
            .list();
    jdbc.sql(
            """
            update retrieval.passage p set terms = r.terms, term_count = r.term_count
              from unnest(?::uuid[], ?::text[]::tsvector[], ?::integer[]) as r (id, terms, term_count)
             where p.id = r.id
            """)
        .params(
            rows.stream().map(Row::id).toArray(String[]::new),
            rows.stream().map(it -> it.terms().literal()).toArray(String[]::new),
            rows.stream().map(it -> it.terms().length()).toArray(Integer[]::new))
        .update();
  }

  private static String[] strings(
      List<EmbeddedPassage> passages, Function<EmbeddedPassage, String> column) {
    return passages.stream().map(column).toArray(String[]::new);
  }

  private static @Nullable Integer[] integers(
      List<EmbeddedPassage> passages, Function<EmbeddedPassage, @Nullable Integer> column) {
    return passages.stream().map(column).toArray(Integer[]::new);
  }
}
