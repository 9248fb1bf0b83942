package io.witan.retrieval;

import io.witan.catalogue.CollectionId;
import io.witan.catalogue.DocumentId;
import io.witan.catalogue.TextVersionId;
import io.witan.identity.AccessScope;
import io.witan.identity.ScopedTransactions;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Says which of the texts that citations point at a scope may read now. */
@Service
public class Sources {
  private final JdbcClient jdbc;
  private final ScopedTransactions transactions;

  Sources(JdbcClient jdbc, ScopedTransactions transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /** Those of the text versions that exist and may be read. */
  public Map<TextVersionId, SourceView> readable(
      AccessScope scope, Collection<TextVersionId> textVersions) {
    if (textVersions.isEmpty()) {
      return Map.of();
    }
    return transactions.read(scope, () -> find(textVersions));
  }

  private Map<TextVersionId, SourceView> find(Collection<TextVersionId> textVersions) {
    return jdbc
        .sql(
            """
            select id, document_id, collection_id, title, revision, uploaded_at, current
              from retrieval.source where id = any (?::uuid[])
            """)
        .param(textVersions.stream().map(TextVersionId::toString).distinct().toArray(String[]::new))
        .query(
            (row, number) ->
                new SourceView(
                    new TextVersionId(row.getObject("id", UUID.class)),
                    new DocumentId(row.getObject("document_id", UUID.class)),
                    new CollectionId(row.getObject("collection_id", UUID.class)),
                    row.getString("title"),
                    row.getInt("revision"),
                    row.getTimestamp("uploaded_at").toInstant(),
                    row.getBoolean("current")))
        .stream()
        .collect(Collectors.toMap(SourceView::id, Function.identity()));
  }
}
