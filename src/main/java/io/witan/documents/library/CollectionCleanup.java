package io.witan.documents.library;

import io.witan.catalogue.CollectionDeleted;
import io.witan.catalogue.DocumentId;
import io.witan.documents.DocumentDeleted;
import io.witan.documents.indexing.IndexingQueue;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Says goodbye to the documents of a collection that is being deleted, in that transaction.
 *
 * <p>Their rows and those of the index go with the collection's by foreign keys; what remains are
 * the jobs, which belong to no collection, and telling the other modules.
 */
@Component
class CollectionCleanup {
  private final JdbcClient jdbc;
  private final IndexingQueue queue;
  private final ApplicationEventPublisher events;

  CollectionCleanup(JdbcClient jdbc, IndexingQueue queue, ApplicationEventPublisher events) {
    this.jdbc = jdbc;
    this.queue = queue;
    this.events = events;
  }

  @EventListener
  void on(CollectionDeleted deleted) {
    // in the order in which stages lock: no document is added or indexed from here on
    ids("select id from catalogue.collection where id = ? for update", deleted);
    var documents =
        ids(
            "select id from documents.document where collection_id = ? order by id for update",
            deleted);
    queue.cancel(ids("select id from documents.revision where collection_id = ?", deleted));
    documents.forEach(
        id -> events.publishEvent(new DocumentDeleted(new DocumentId(id), deleted.id())));
  }

  private List<UUID> ids(String sql, CollectionDeleted deleted) {
    return jdbc.sql(sql).param(deleted.id().value()).query(UUID.class).list();
  }
}
