package io.witan.documents.indexing;

import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.witan.documents.DocumentFailed;
import io.witan.documents.DocumentProblem;
import io.witan.documents.DocumentSettings;
import io.witan.documents.Stage;
import io.witan.documents.extraction.ExtractionFailed;
import io.witan.identity.ScopedTransactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Runs stages as jobs: what a stage worked out, the document's state, the end of this job and the
 * start of the next are one transaction.
 *
 * <p>A job whose row was taken over by another process, or deleted with its document, cannot end:
 * its transaction is rolled back and nothing of it stays.
 */
@Component
class IndexingJobs {
  private static final Logger log = LoggerFactory.getLogger(IndexingJobs.class);
  private static final Duration MAX_DELAY = Duration.ofMinutes(5);

  private final Stages stages;
  private final Revisions revisions;
  private final IndexingQueue queue;
  private final ScopedTransactions transactions;
  private final DocumentSettings settings;
  private final ApplicationEventPublisher events;
  private final Clock clock;
  private final Set<String> running = ConcurrentHashMap.newKeySet();
  private final AtomicInteger starts = new AtomicInteger();

  IndexingJobs(
      Stages stages,
      Revisions revisions,
      IndexingQueue queue,
      ScopedTransactions transactions,
      DocumentSettings settings,
      ApplicationEventPublisher events,
      Clock clock) {
    this.stages = stages;
    this.revisions = revisions;
    this.queue = queue;
    this.transactions = transactions;
    this.settings = settings;
    this.events = events;
    this.clock = clock;
  }

  List<Task<?>> tasks() {
    return List.of(task(Stage.EXTRACTING), task(Stage.CHUNKING), task(Stage.EMBEDDING));
  }

  private Task<Void> task(Stage stage) {
    return Tasks.custom(IndexingQueue.taskName(stage), Void.class)
        .onFailure(this::failed)
        .onDeadExecution(this::resume)
        .execute(
            (instance, context) -> {
              running.add(key(context.getExecution()));
              var completion = run(stage, instance, context);
              return (complete, operations) -> {
                try {
                  completion.complete(complete, operations);
                } finally {
                  running.remove(key(complete.getExecution()));
                }
              };
            });
  }

  /** Before a scheduler starts: what an earlier one left unfinished is to be resumed. */
  void forgetRunning() {
    running.clear();
  }

  /** Before a scheduler stops: running stages end at their next sign of progress. */
  void stop() {
    starts.incrementAndGet();
  }

  private static String key(Execution execution) {
    return execution.getTaskName() + " " + execution.getId();
  }

  private CompletionHandler<Void> run(
      Stage stage, TaskInstance<Void> instance, ExecutionContext context) {
    var id = UUID.fromString(instance.getId());
    var found =
        transactions.write(
            Stages.SCOPE,
            () -> {
              revisions.begin(id, stage, StageProgress.startOf(stage));
              return revisions.find(id);
            });
    if (found.isEmpty()) {
      return (complete, operations) -> operations.remove();
    }
    var revision = found.get();
    int tried = context.getExecution().consecutiveFailures;
    if (tried >= settings.attempts()) {
      return (complete, operations) -> giveUp(revision, Causes.gaveUp(tried), operations);
    }
    try {
      int now = starts.get();
      var progress =
          new StageProgress(transactions, revisions, id, stage, () -> starts.get() != now);
      var result = stages.run(stage, revision, progress);
      return (complete, operations) -> finish(revision, result, complete, operations);
    } catch (ExtractionFailed permanent) {
      return (complete, operations) -> giveUp(revision, Causes.of(permanent), operations);
    } catch (StageProgress.IndexingStopped | InterruptedException stopping) {
      Thread.interrupted(); // the thread ends after this: the database can still be told
      return (complete, operations) -> reschedule(complete, operations, clock.instant());
    }
  }

  private void finish(
      IndexedRevision revision,
      StageResult result,
      ExecutionComplete complete,
      ExecutionOperations<Void> operations) {
    try {
      transactions.run(
          Stages.SCOPE,
          () -> {
            revisions.lock(revision);
            result.changes().run();
            var next = result.next();
            if (next != null) {
              revisions.begin(revision.id(), next, StageProgress.startOf(next));
              queue.add(next, revision.id());
            }
            operations.remove();
          });
    } catch (ExecutionException taken) {
      takenOver(complete);
    } catch (RuntimeException rolledBack) {
      if (exists(revision.id())) {
        log.warn("indexing stage not committed revisionId={}", revision.id(), rolledBack);
        retry(
            revision.id(),
            ExecutionComplete.failure(
                complete.getExecution(), complete.getTimeDone(), clock.instant(), rolledBack),
            operations);
      }
    }
  }

  private void giveUp(
      IndexedRevision revision, DocumentProblem problem, ExecutionOperations<Void> operations) {
    transactions.run(
        Stages.SCOPE,
        () -> {
          revisions.lock(revision);
          revisions.failed(revision, problem);
          events.publishEvent(
              new DocumentFailed(
                  revision.documentId(),
                  revision.collectionId(),
                  revision.number(),
                  problem.code()));
          operations.remove();
        });
    log.info(
        "document failed documentId={} revision={} code={}",
        revision.documentId(),
        revision.number(),
        problem.code());
  }

  /** A cause that may pass: the stage is tried again, later each time. */
  private void failed(ExecutionComplete complete, ExecutionOperations<Void> operations) {
    running.remove(key(complete.getExecution()));
    retry(UUID.fromString(complete.getExecution().taskInstance.getId()), complete, operations);
  }

  private void retry(UUID id, ExecutionComplete complete, ExecutionOperations<Void> operations) {
    int tried = complete.getExecution().consecutiveFailures + 1;
    var revision = transactions.read(Stages.SCOPE, () -> revisions.find(id));
    if (revision.isEmpty()) {
      return; // deleted, its job row with it
    }
    if (tried >= settings.attempts()) {
      giveUp(revision.get(), Causes.gaveUp(tried), operations);
    } else {
      reschedule(complete, operations, clock.instant().plus(delay(tried)));
    }
  }

  private static void reschedule(
      ExecutionComplete complete, ExecutionOperations<Void> operations, Instant at) {
    try {
      operations.reschedule(complete, at);
    } catch (ExecutionException taken) {
      takenOver(complete);
    }
  }

  /** Another process works on it, or it was deleted: what was done here is not needed. */
  private static void takenOver(ExecutionComplete complete) {
    log.info("indexing job taken over or deleted job={}", complete.getExecution().taskInstance);
  }

  private Duration delay(int tried) {
    var delay = settings.retryDelay().multipliedBy(1L << Math.min(tried - 1, 16));
    return delay.compareTo(MAX_DELAY) < 0 ? delay : MAX_DELAY;
  }

  /**
   * The process that ran it is gone: another one goes on at once. On a machine so busy that signs
   * of life come late, it may be this very process, which then simply goes on.
   */
  private void resume(ExecutionComplete complete, ExecutionOperations<Void> operations) {
    if (running.contains(key(complete.getExecution()))) {
      return;
    }
    log.info("indexing resumed job={}", complete.getExecution().taskInstance);
    reschedule(complete, operations, clock.instant());
  }

  private boolean exists(UUID id) {
    return transactions.read(Stages.SCOPE, () -> revisions.find(id)).isPresent();
  }
}
