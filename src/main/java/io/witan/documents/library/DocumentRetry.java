package io.witan.documents.library;

import io.witan.catalogue.Access;
import io.witan.catalogue.CollectionCatalogue;
import io.witan.catalogue.CollectionId;
import io.witan.catalogue.DocumentId;
import io.witan.documents.Document;
import io.witan.documents.DocumentNotFound;
import io.witan.documents.DocumentState;
import io.witan.documents.NothingToRetry;
import io.witan.documents.Stage;
import io.witan.documents.indexing.IndexingQueue;
import io.witan.identity.AccessScope;
import io.witan.identity.ScopedTransactions;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Starts the newest revision of a failed document once more. */
@Service
class DocumentRetry {
  private final JdbcClient jdbc;
  private final ScopedTransactions transactions;
  private final CollectionCatalogue catalogue;
  private final DocumentRows rows;
  private final IndexingQueue queue;

  DocumentRetry(
      JdbcClient jdbc,
      ScopedTransactions transactions,
      CollectionCatalogue catalogue,
      DocumentRows rows,
      IndexingQueue queue) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.catalogue = catalogue;
    this.rows = rows;
    this.queue = queue;
  }

  /**
   * Queues it again.
   *
   * @throws DocumentNotFound if the scope may not read it
   * @throws NothingToRetry if it has not failed
   */
  Document retry(AccessScope scope, DocumentId id) {
    return transactions.write(
        scope,
        () -> {
          var document = rows.find(id).orElseThrow(() -> new DocumentNotFound(id));
          catalogue.require(scope, new CollectionId(document.collectionId()), Access.CONTRIBUTE);
          if (document.state() != DocumentState.FAILED) {
            throw new NothingToRetry(document.title());
          }
          jdbc.sql("select 1 from documents.document where id = ? for update")
              .param(id.value())
              .query((row, index) -> true)
              .optional();
          var revision =
              jdbc.sql(
                      """
                      update documents.revision
                         set state = 'QUEUED', stage = 'STORED', progress = 0,
                             problem_code = null, problem_title = null, problem_detail = null,
                             warning_code = null, warning_title = null, warning_detail = null
                       where document_id = ? and number = ? and state = 'FAILED'
                      returning id
                      """)
                  .params(id.value(), document.revision())
                  .query(UUID.class)
                  .optional()
                  .orElseThrow(() -> new NothingToRetry(document.title()));
          queue.add(Stage.EXTRACTING, revision);
          return rows.find(id).orElseThrow();
        });
  }
}
