package io.witan.documents.library;

import io.witan.catalogue.Access;
import io.witan.catalogue.CollectionCatalogue;
import io.witan.catalogue.CollectionId;
import io.witan.catalogue.DocumentId;
import io.witan.documents.DocumentDeleted;
import io.witan.documents.DocumentNotFound;
import io.witan.documents.indexing.IndexingQueue;
import io.witan.identity.AccessScope;
import io.witan.identity.ScopedTransactions;
import io.witan.retrieval.PassageIndex;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Removes documents with all that was made of them, in one transaction each. */
@Service
class DocumentRemoval {
  private final JdbcClient jdbc;
  private final ScopedTransactions transactions;
  private final CollectionCatalogue catalogue;
  private final DocumentRows rows;
  private final IndexingQueue queue;
  private final PassageIndex index;
  private final ApplicationEventPublisher events;

  DocumentRemoval(
      JdbcClient jdbc,
      ScopedTransactions transactions,
      CollectionCatalogue catalogue,
      DocumentRows rows,
      IndexingQueue queue,
      PassageIndex index,
      ApplicationEventPublisher events) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.catalogue = catalogue;
    this.rows = rows;
    this.queue = queue;
    this.index = index;
    this.events = events;
  }

  /**
   * Removes text, passages, vectors, original bytes and jobs of a document.
   *
   * @throws DocumentNotFound if the scope may not read it
   */
  void remove(AccessScope scope, DocumentId id) {
    var document =
        transactions.read(scope, () -> rows.find(id)).orElseThrow(() -> new DocumentNotFound(id));
    var collection = new CollectionId(document.collectionId());
    catalogue.require(scope, collection, Access.CONTRIBUTE);
    // the index is written by background work only; the permission was checked above
    transactions.run(AccessScope.worker("delete document"), () -> erase(id, collection));
  }

  /** Joins the caller's transaction. */
  void erase(DocumentId id, CollectionId collection) {
    // first of all, as stages do: waits for one that is being committed
    jdbc.sql("select 1 from documents.document where id = ? for update")
        .param(id.value())
        .query((row, number) -> true)
        .optional();
    queue.cancel(revisions(id));
    events.publishEvent(new DocumentDeleted(id, collection));
    index.removeDocument(id);
    jdbc.sql("delete from documents.document where id = ?").param(id.value()).update();
  }

  private List<UUID> revisions(DocumentId id) {
    return jdbc.sql("select id from documents.revision where document_id = ?")
        .param(id.value())
        .query(UUID.class)
        .list();
  }
}
