package io.witan.documents.extraction;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Starts workers and remembers how that went, for whoever asks about the pool's health. */
final class WorkerStarts {
  private final WorkerCommand command;
  private final Clock clock;
  private volatile ExtractionWorkers.Starts latest = new ExtractionWorkers.Starts(null, null, null);

  WorkerStarts(WorkerCommand command, Clock clock) {
    this.command = command;
    this.clock = clock;
  }

  WorkerProcess start() throws IOException, InterruptedException {
    try {
      var worker = WorkerProcess.start(command);
      latest = new ExtractionWorkers.Starts(clock.instant(), null, null);
      return worker;
    } catch (IOException failed) {
      failed(failed);
      throw failed;
    }
  }

  private void failed(IOException failure) {
    Instant before = latest.succeededAt();
    latest = new ExtractionWorkers.Starts(before, clock.instant(), failureText(failure));
  }

  private static String failureText(IOException failure) {
    @Nullable String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  ExtractionWorkers.Starts latest() {
    return latest;
  }
}
