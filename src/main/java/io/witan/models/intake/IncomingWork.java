package io.witan.models.intake;

import io.witan.models.intake.IncomingModel.Kind;
import io.witan.models.intake.IncomingModel.State;
import io.witan.shared.Failure;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Works on the files of this store in the background. What a stopped server left is gone on with by
 * another one on the same files, or when the next one is ready; no page needs to be open.
 */
@Component
public class IncomingWork implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(IncomingWork.class);
  private static final long SWEEP_MINUTES = 30;
  private static final long LOOK_SECONDS = 10;

  private final IncomingTools tools;
  private final Map<UUID, IncomingJob> jobs = new ConcurrentHashMap<>();
  private final ExecutorService threads;

  /** Never waited for: it may hang on a database that has gone. */
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("incoming-models-look").daemon().factory());

  IncomingWork(IncomingTools tools) {
    this.tools = tools;
    this.threads =
        Executors.newFixedThreadPool(
            tools.settings().running(),
            Thread.ofPlatform().name("incoming-models-", 0).daemon().factory());
  }

  @EventListener(ApplicationReadyEvent.class)
  void start() {
    takeUp();
    looks.scheduleWithFixedDelay(this::takeUp, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    looks.scheduleWithFixedDelay(this::sweep, 1, SWEEP_MINUTES, TimeUnit.MINUTES);
  }

  /** Goes on with what nobody works on: it was begun by a server that has stopped. */
  void takeUp() {
    try {
      for (var row : tools.repository().all()) {
        if (isToBeDone(row) && !jobs.containsKey(row.id()) && isFree(row)) {
          submit(row);
        }
      }
    } catch (RuntimeException e) {
      log.warn("incoming models could not be taken up", e);
    }
  }

  private boolean isToBeDone(IncomingRow row) {
    if (row.by() == null || !isHere(row)) {
      return false; // a command's own, or in another folder
    }
    boolean isBegun = row.state() == State.WAITING || row.state() == State.RECEIVING;
    return row.state() == State.CHECKING || row.kind() == Kind.FETCH && isBegun;
  }

  private boolean isFree(IncomingRow row) {
    try (var claim = tools.files().claim(row.id()).orElse(null)) {
      return claim != null;
    }
  }

  boolean isHere(IncomingRow row) {
    return row.store().equals(tools.files().store());
  }

  /** Begins, or waits for its turn. */
  public void submit(IncomingRow row) {
    var job = new IncomingJob(tools, row, bytes -> {});
    if (jobs.putIfAbsent(row.id(), job) == null) {
      threads.execute(() -> run(job));
    }
  }

  private void run(IncomingJob job) {
    var id = job.row().id();
    try (var claim = tools.files().claim(id).orElse(null)) {
      if (claim == null || hasMovedOn(job.row())) {
        log.info("incoming model left to another server incomingId={}", id);
        return;
      }
      var model = job.work();
      log.info("incoming model added incomingId={} modelId={}", id, model.id());
    } catch (Failure failure) {
      log.info("incoming model failed incomingId={} code={}", id, failure.code());
    } catch (CancellationException stopped) {
      log.info("incoming model stopped incomingId={}", id);
    } catch (RuntimeException unforeseen) {
      log.error("incoming model failed incomingId={}", id, unforeseen);
      tools.repository().fails(id, new IntakeBroken(), job.received());
    } finally {
      jobs.remove(id);
      deleteIfDiscarded(id);
    }
  }

  /** Whether another server has worked on it since it was read; the next look reads it again. */
  private boolean hasMovedOn(IncomingRow row) {
    var now = tools.repository().find(row.id()).orElse(null);
    return now != null
        && (now.state() != row.state() || !Objects.equals(now.validator(), row.validator()));
  }

  private void deleteIfDiscarded(UUID id) {
    if (!threads.isShutdown() && tools.repository().find(id).isEmpty()) {
      tools.files().delete(id);
    }
  }

  Optional<IncomingJob> job(UUID id) {
    return Optional.ofNullable(jobs.get(id));
  }

  /** Stops it and throws away what has come; its row is gone already. */
  void discard(UUID id) {
    var job = jobs.get(id);
    if (job == null) {
      tools.files().delete(id);
    } else {
      job.stop(); // which deletes the file when it no longer writes
    }
  }

  /** Throws away what nothing has happened to for long. */
  void sweep() {
    try {
      var now = tools.repository().now();
      var last = now.minus(tools.settings().keep());
      for (var row : tools.repository().all()) {
        if (isHere(row) && row.changedAt().isBefore(last) && !jobs.containsKey(row.id())) {
          tools.repository().delete(row.id());
          tools.files().delete(row.id());
          log.info("incoming model expired incomingId={}", row.id());
        }
      }
      var known =
          tools.repository().all().stream().map(IncomingRow::id).collect(Collectors.toSet());
      tools.files().sweep(known, now);
    } catch (RuntimeException e) {
      log.warn("incoming models could not be swept", e);
    }
  }

  /** Stops all of it; the next server goes on. */
  @Override
  public void close() throws InterruptedException {
    looks.shutdownNow();
    jobs.values().forEach(IncomingJob::stop);
    threads.shutdown();
    if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
      log.warn("incoming models are still worked on");
    }
  }
}
