package io.witan.documents.extraction;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A small pool of worker processes, so that a poisoned file fails alone: a worker that hangs, dies
 * or runs out of memory is killed and the next file gets a fresh one. Thread-safe.
 */
public final class ExtractionWorkers implements AutoCloseable {

  private static final int FILES_PER_WORKER = 500;

  private final ExtractionLimits limits;
  private final Duration idleTimeout;
  private final WorkerCommand command;
  private final WorkerStarts starts;
  private final Semaphore places;
  private final Deque<WorkerProcess> idle = new ArrayDeque<>();
  private final ScheduledExecutorService reaper;
  private final ScheduledFuture<?> reaping;
  private boolean closed;

  /**
   * Starts no process yet; workers start with the first files.
   *
   * @param workers how many files are read at the same time
   * @param idleTimeout after which an unused worker ends
   */
  public ExtractionWorkers(
      ExtractionLimits limits, int workers, Duration idleTimeout, Clock clock) {
    this(limits, workers, idleTimeout, clock, new WorkerCommand(limits.heapBytes()));
  }

  ExtractionWorkers(
      ExtractionLimits limits,
      int workers,
      Duration idleTimeout,
      Clock clock,
      WorkerCommand command) {
    this.limits = limits;
    this.idleTimeout = idleTimeout;
    this.command = command;
    this.starts = new WorkerStarts(command, clock);
    this.places = new Semaphore(workers, true);
    this.reaper =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("extraction-workers").factory());
    long period = Math.max(idleTimeout.toMillis() / 2, 50);
    this.reaping =
        reaper.scheduleWithFixedDelay(this::endIdle, period, period, TimeUnit.MILLISECONDS);
  }

  /**
   * How starting a worker went lately.
   *
   * @param succeededAt null if none was started yet
   * @param failedAt null unless the latest start failed
   * @param failure what the system said then
   */
  record Starts(
      @Nullable Instant succeededAt, @Nullable Instant failedAt, @Nullable String failure) {}

  Starts starts() {
    return starts.latest();
  }

  /** Starts a worker for the next file, unless all places are taken: then workers do start. */
  void tryStart() throws InterruptedException {
    if (!places.tryAcquire()) {
      return;
    }
    @Nullable WorkerProcess worker = null;
    try {
      worker = take();
    } catch (IOException seenInStarts) {
      worker = null;
    } finally {
      giveBack(worker);
      places.release();
    }
  }

  /**
   * Reads one file; waits for a free worker. An interrupt kills the worker.
   *
   * @param fileName only breaks ties between kinds of plain text
   * @param percent called with 0–100 while the file is read, on the calling thread
   */
  public ExtractedDocument extract(Path original, String fileName, IntConsumer percent)
      throws ExtractionFailed, InterruptedException {
    places.acquire();
    @Nullable WorkerProcess worker = null;
    try {
      worker = take();
      return worker.extract(original.toAbsolutePath(), fileName, limits, percent);
    } catch (IOException e) {
      throw new ExtractionFailed(
          ExtractionFailed.WORKER_CRASHED, "The extraction process cannot be used: " + e);
    } finally {
      giveBack(worker);
      places.release();
    }
  }

  private WorkerProcess take() throws IOException, InterruptedException {
    synchronized (idle) {
      if (closed) {
        throw new IllegalStateException("the extraction workers were closed");
      }
      for (var worker = idle.poll(); worker != null; worker = idle.poll()) {
        if (worker.isUsable()) {
          return worker;
        }
        worker.close();
      }
    }
    return starts.start();
  }

  private void giveBack(@Nullable WorkerProcess worker) {
    if (worker == null) {
      return;
    }
    synchronized (idle) {
      if (!closed && worker.isUsable() && worker.files() < FILES_PER_WORKER) {
        idle.push(worker);
        return;
      }
    }
    worker.close();
  }

  private void endIdle() {
    synchronized (idle) {
      idle.removeIf(
          worker -> {
            if (worker.isUsable() && worker.idleNanos() < idleTimeout.toNanos()) {
              return false;
            }
            worker.close();
            return true;
          });
    }
  }

  /** Ends the idle workers; those that read a file end with it. */
  @Override
  public void close() {
    reaping.cancel(false);
    reaper.shutdownNow();
    synchronized (idle) {
      closed = true;
      idle.forEach(WorkerProcess::close);
      idle.clear();
    }
    command.close();
  }
}
