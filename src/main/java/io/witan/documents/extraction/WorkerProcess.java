package io.witan.documents.extraction;

import io.witan.documents.extraction.wire.Frame;
import io.witan.documents.extraction.wire.FrameInput;
import io.witan.documents.extraction.wire.FrameOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** One worker process. Not thread-safe: the pool gives it to one file at a time. */
final class WorkerProcess implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);

  /** Hang-up, interrupt, terminate: 128 and the signal. */
  private static final Set<Integer> EXITS_AT_REQUEST = Set.of(129, 130, 143);

  private static final int EXIT_OUT_OF_MEMORY = 3;

  private final Process process;
  private final Path temporary;
  private final FrameOutput requests;
  private final BlockingQueue<Frame> events = new LinkedBlockingQueue<>();
  private int files;
  private boolean broken;
  private long lastUsed = System.nanoTime();

  private WorkerProcess(Process process, Path temporary) {
    this.process = process;
    this.temporary = temporary;
    this.requests = new FrameOutput(process.getOutputStream());
    Thread.ofPlatform().daemon().name("extraction-" + process.pid()).start(this::receive);
  }

  static WorkerProcess start(WorkerCommand command) throws IOException, InterruptedException {
    var temporary = command.newTemporaryFolder();
    var worker = new WorkerProcess(command.start(temporary), temporary);
    var ready = false;
    try {
      ready = worker.next(System.nanoTime() + START.toNanos()) instanceof Frame.Ready;
    } finally {
      if (!ready) {
        worker.close();
      }
    }
    if (!ready) {
      throw new IOException("the worker did not start");
    }
    return worker;
  }

  /** Reads a file; after any failure but a plain refusal the process is gone. */
  ExtractedDocument extract(
      Path original, String fileName, ExtractionLimits limits, IntConsumer percent)
      throws ExtractionFailed, InterruptedException {
    files++;
    broken = true;
    try {
      requests.write(new Frame.Request(original, fileName, limits));
    } catch (IOException e) {
      throw died();
    }
    long deadline = System.nanoTime() + limits.timeout().toNanos();
    while (true) {
      switch (next(deadline)) {
        case Frame.Done done -> {
          settled();
          return done.document();
        }
        case Frame.Failed failed -> {
          settled();
          throw new ExtractionFailed(failed.code(), failed.message());
        }
        case Frame.Progress progress -> percent.accept(progress.percent());
        case Frame.Ready again -> throw died();
        case Frame.Request echo -> throw died();
        case Frame.Ended ended -> throw died();
        case null ->
            throw new ExtractionFailed(
                ExtractionFailed.TOOK_TOO_LONG,
                "Reading took longer than "
                    + limits.timeout().toSeconds()
                    + " seconds and was stopped. Split the file or save it in a simpler format.");
      }
    }
  }

  private void settled() {
    broken = false;
    lastUsed = System.nanoTime();
  }

  private @Nullable Frame next(long deadline) throws InterruptedException {
    return events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  /**
   * Why the process is gone.
   *
   * @throws IllegalStateException if somebody ended it, as Ctrl-C does for all processes of a
   *     terminal: the file is not to blame, and another try may succeed
   */
  private ExtractionFailed died() throws InterruptedException {
    var exited = process.waitFor(5, TimeUnit.SECONDS);
    if (exited && EXITS_AT_REQUEST.contains(process.exitValue())) {
      throw new IllegalStateException(
          "the extraction process was told to end (exit code " + process.exitValue() + ")");
    }
    return exited && process.exitValue() == EXIT_OUT_OF_MEMORY
        ? new ExtractionFailed(
            ExtractionFailed.OUT_OF_MEMORY,
            "Reading needs more memory than one file may take. Split the file and upload its"
                + " parts.")
        : new ExtractionFailed(
            ExtractionFailed.WORKER_CRASHED,
            "The process that read the file ended unexpectedly ("
                + (exited ? "exit code " + process.exitValue() : "no answer")
                + "). Save it in another format and try again.");
  }

  private void receive() {
    try (var input = new FrameInput(process.getInputStream())) {
      for (var frame = input.read(); frame != null; frame = input.read()) {
        events.add(frame);
      }
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
    } finally {
      events.add(new Frame.Ended());
      Folders.delete(temporary);
    }
  }

  boolean isUsable() {
    return !broken && process.isAlive();
  }

  int files() {
    return files;
  }

  long idleNanos() {
    return System.nanoTime() - lastUsed;
  }

  /** Kills the process; its temporary files go when its output ends. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
