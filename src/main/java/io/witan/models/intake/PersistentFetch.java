package io.witan.models.intake;

import io.witan.models.fetch.Download;
import io.witan.models.fetch.FetchAddress;
import io.witan.models.fetch.FetchFailed;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Tries again what breaks off, until it has come, no more comes, or somebody stops it. */
final class PersistentFetch {
  /** Tries without any byte ever: then it is the address, not the connection. */
  private static final int FIRST_TRIES = 3;

  private final IncomingTools tools;
  private final LongSupplier received;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable Download running;

  /**
   * @param received how many bytes have come
   */
  PersistentFetch(IncomingTools tools, LongSupplier received) {
    this.tools = tools;
    this.received = received;
  }

  /** What may help when it is tried again. */
  interface Attempt {
    void with(Download download) throws IOException;
  }

  void stop() {
    stopped.countDown();
    var download = running;
    if (download != null) {
      download.cancel();
    }
  }

  /**
   * @throws CancellationException if it was stopped
   */
  void stopIfAsked() {
    if (stopped.getCount() == 0) {
      throw new CancellationException("stopped");
    }
  }

  /**
   * @throws FetchFailed after the last try
   * @throws CancellationException if it was stopped
   */
  void attempt(FetchAddress from, Attempt attempt) {
    var download = tools.fetcher().download(from);
    running = download;
    stopIfAsked();
    int failures = 0;
    boolean hasCome = received.getAsLong() > 0;
    while (true) {
      long before = received.getAsLong();
      try {
        attempt.with(download);
        return;
      } catch (IOException broken) {
        stopIfAsked();
        boolean hasMoved = received.getAsLong() > before;
        hasCome |= hasMoved;
        failures = hasMoved ? 1 : failures + 1;
        if (failures > (hasCome ? tools.fetching().retries() : FIRST_TRIES - 1)) {
          throw FetchFailed.of(from.url().host(), broken);
        }
        await(tools.fetching().delay(failures));
      }
    }
  }

  private void await(Duration time) {
    try {
      if (stopped.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new CancellationException("stopped");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }
}
