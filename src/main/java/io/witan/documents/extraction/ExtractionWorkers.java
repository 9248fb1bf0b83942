package io.witan.documents.extraction;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntConsumer;

/** A small pool of worker processes, so that a poisoned file fails alone. */
public final class ExtractionWorkers implements AutoCloseable {

  /**
   * Starts no process yet; workers start with the first files.
   *
   * @param idleTimeout after which an unused worker ends
   */
  public ExtractionWorkers(ExtractionLimits limits, int workers, Duration idleTimeout) {}

  /**
   * Reads one file; waits for a free worker.
   *
   * @param fileName only breaks ties between kinds of plain text
   * @param percent called with 0–100 while the file is read, on the calling thread
   */
  public ExtractedDocument extract(Path original, String fileName, IntConsumer percent)
      throws ExtractionFailed, InterruptedException {
    throw new ExtractionFailed(ExtractionFailed.UNSUPPORTED_FORMAT, "not built yet");
  }

  @Override
  public void close() {}
}
