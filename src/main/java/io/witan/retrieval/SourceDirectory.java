package io.witan.retrieval;

import io.witan.catalogue.CollectionId;
import io.witan.catalogue.DocumentId;
import io.witan.catalogue.TextVersionId;
import io.witan.identity.AccessScope;
import io.witan.identity.ScopedTransactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Lists what there is to read, by title and by subject, without a search. */
@Service
public class SourceDirectory {
  private final JdbcClient jdbc;
  private final ScopedTransactions transactions;

  SourceDirectory(JdbcClient jdbc, ScopedTransactions transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /**
   * Something that a document is about.
   *
   * @param heading the innermost heading of one of its passages; empty if it has none
   * @param language of that passage
   */
  public record Subject(CollectionId collectionId, String title, String heading, String language) {}

  /** Current texts whose title contains the words as typed, best match first. */
  public List<SourceView> titled(AccessScope scope, String words, int limit) {
    return transactions.read(
        scope,
        () ->
            jdbc.sql(
                    """
                    select id, document_id, collection_id, title, revision, uploaded_at, current
                      from retrieval.source
                     where current and position(lower(:words) in lower(title)) > 0
                     order by position(lower(:words) in lower(title)), length(title), title, id
                     limit :limit
                    """)
                .param("words", words)
                .param("limit", limit)
                .query((row, number) -> view(row))
                .list());
  }

  /** Subjects of the latest documents, one of each, taking turns between collections. */
  public List<Subject> subjects(AccessScope scope, int limit) {
    return transactions.read(
        scope,
        () ->
            jdbc.sql(
                    """
                    with latest as (
                      select id, collection_id, title, uploaded_at,
                             row_number() over (partition by collection_id
                                                order by uploaded_at desc, id) as turn
                        from retrieval.source where current)
                    select l.collection_id, l.title, p.language,
                           regexp_replace(p.heading, '^.* › ', '') as heading
                      from latest l
                           cross join lateral (
                             select q.heading, q.language from retrieval.passage q
                              where q.source_id = l.id
                              order by q.heading = '', q.ordinal limit 1) p
                     order by l.turn, l.uploaded_at desc, l.id
                     limit :limit
                    """)
                .param("limit", limit)
                .query(
                    (row, number) ->
                        new Subject(
                            new CollectionId(row.getObject("collection_id", UUID.class)),
                            row.getString("title"),
                            row.getString("heading"),
                            row.getString("language")))
                .list());
  }

  private static SourceView view(ResultSet row) throws SQLException {
    return new SourceView(
        new TextVersionId(row.getObject("id", UUID.class)),
        new DocumentId(row.getObject("document_id", UUID.class)),
        new CollectionId(row.getObject("collection_id", UUID.class)),
        row.getString("title"),
        row.getInt("revision"),
        row.getTimestamp("uploaded_at").toInstant(),
        row.getBoolean("current"));
  }
}
