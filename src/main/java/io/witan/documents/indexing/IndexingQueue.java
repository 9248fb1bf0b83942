package io.witan.documents.indexing;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.witan.documents.Stage;
import java.time.Clock;
import java.util.Collection;
import java.util.Locale;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The work waiting to be done, as rows that are written in the caller's transaction: a document's
 * state and its job are committed together or not at all.
 */
@Component
public class IndexingQueue {
  static final String TABLE = "documents.scheduled_tasks";

  private final SchedulerClient client;
  private final JdbcClient jdbc;
  private final Clock clock;
  private volatile Runnable waker = () -> {};

  IndexingQueue(DataSource dataSource, JdbcClient jdbc, Clock clock) {
    this.client =
        SchedulerClient.Builder.create(new TransactionAwareDataSourceProxy(dataSource))
            .tableName(TABLE)
            .build();
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Queues a stage of a revision; joins the caller's transaction, which must be there. */
  public void add(Stage stage, UUID revision) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("a job is queued together with the state it belongs to");
    }
    client.scheduleIfNotExists(
        new TaskInstance<Void>(taskName(stage), revision.toString()), clock.instant());
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            waker.run();
          }
        });
  }

  /** Takes back all work for the revisions; what runs now cannot be committed any more. */
  public void cancel(Collection<UUID> revisions) {
    jdbc.sql("delete from documents.scheduled_tasks where task_instance = any (?)")
        .param(revisions.stream().map(UUID::toString).toArray(String[]::new))
        .update();
  }

  /** What to do as soon as new work is committed in this process. */
  void onNewWork(Runnable wake) {
    waker = wake;
  }

  static String taskName(Stage stage) {
    return "document-" + stage.name().toLowerCase(Locale.ROOT);
  }
}
