package io.witan.documents.indexing;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.witan.documents.DocumentSettings;
import io.witan.documents.upload.Originals;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Component;

/** Starts and stops the threads that index, with the application. */
@Component
public class IndexingScheduler implements SmartLifecycle {
  private static final int DEAD_AFTER_HEARTBEATS = 4;
  private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(5);

  private final DataSource dataSource;
  private final IndexingJobs jobs;
  private final IndexingQueue queue;
  private final Originals originals;
  private final DocumentSettings settings;
  private @Nullable Scheduler scheduler;

  IndexingScheduler(
      DataSource dataSource,
      IndexingJobs jobs,
      IndexingQueue queue,
      Originals originals,
      DocumentSettings settings) {
    this.dataSource = dataSource;
    this.jobs = jobs;
    this.queue = queue;
    this.originals = originals;
    this.settings = settings;
  }

  @Override
  public boolean isAutoStartup() {
    return settings.indexing();
  }

  @Override
  public synchronized void start() {
    if (scheduler != null) {
      return;
    }
    jobs.forgetRunning();
    var started =
        Scheduler.create(new TransactionAwareDataSourceProxy(dataSource), jobs.tasks())
            .startTasks(
                Tasks.recurring("sweep-originals", FixedDelay.of(Duration.ofHours(1)))
                    .execute((instance, context) -> originals.sweep()))
            .tableName(IndexingQueue.TABLE)
            .threads(settings.concurrency())
            .pollingInterval(settings.pollInterval())
            .heartbeatInterval(settings.heartbeat())
            .missedHeartbeatsLimit(DEAD_AFTER_HEARTBEATS)
            // never more than are worked on at once: what waits in memory gives no sign of life
            .pollUsingLockAndFetch(0.5, 1.0)
            .shutdownMaxWait(PATIENCE_AT_STOP)
            .build();
    started.start();
    queue.onNewWork(started::triggerCheckForDueExecutions);
    scheduler = started;
  }

  @Override
  public synchronized void stop() {
    var running = scheduler;
    if (running != null) {
      queue.onNewWork(() -> {});
      scheduler = null;
      jobs.stop();
      running.stop();
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return scheduler != null;
  }
}
