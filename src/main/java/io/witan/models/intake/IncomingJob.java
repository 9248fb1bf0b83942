package io.witan.models.intake;

import io.witan.models.fetch.Download;
import io.witan.models.fetch.FetchAddress;
import io.witan.models.fetch.FetchFailed;
import io.witan.models.fetch.Receiver;
import io.witan.models.intake.IncomingModel.State;
import io.witan.models.registry.NoRoomForModel;
import io.witan.models.registry.RegisteredModel;
import io.witan.shared.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings one file to the registry: fetches what is missing, then looks through it. What it was
 * doing is in its row, so that another job can go on with it.
 */
final class IncomingJob {
  /** Tries without any byte ever: then it is the address, not the connection. */
  private static final int FIRST_TRIES = 3;

  private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long ROOM_BYTES = 256L << 20;

  private final IncomingTools tools;
  private final IncomingRow row;
  private final LongConsumer progress;
  private final @Nullable Download download;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Pace pace = new Pace();
  private volatile long received;
  private @Nullable String validator;
  private long heartbeat = System.nanoTime();

  /**
   * @param progress told how many bytes are there, then how many were looked through
   */
  IncomingJob(IncomingTools tools, IncomingRow row, LongConsumer progress) {
    this.tools = tools;
    this.row = row;
    this.progress = progress;
    this.validator = row.validator();
    this.received = tools.files().size(row.id());
    var url = row.url();
    this.download = url == null ? null : tools.fetcher().download(FetchAddress.of(url));
  }

  IncomingRow row() {
    return row;
  }

  long received() {
    return received;
  }

  Pace pace() {
    return pace;
  }

  /** Stops as soon as can be; what has come stays. */
  void stop() {
    stopped.countDown();
    if (download != null) {
      download.cancel();
    }
  }

  /**
   * Does it all; what fails is written down.
   *
   * @throws CancellationException if it was stopped or discarded
   */
  RegisteredModel work() {
    var id = row.id();
    try {
      if (download != null && row.state() != State.CHECKING) {
        become(State.RECEIVING);
        fetch(download);
      }
      become(State.CHECKING);
      return tools
          .registry()
          .adopt(
              row.by(),
              tools.files().path(id),
              row.fileName(),
              row.wanted(),
              this::lookedThrough,
              model -> tools.repository().done(id, model.id()));
    } catch (Failure failure) {
      stopIfAsked();
      tools.repository().fails(id, failure, received);
      if (!mayGoOn(failure)) {
        tools.files().delete(id);
      }
      throw failure;
    }
  }

  /** Whether what has come is of use when it is tried again. */
  private static boolean mayGoOn(Failure failure) {
    return failure instanceof FetchFailed || failure instanceof NoRoomForModel;
  }

  private void become(State state) {
    stopIfAsked();
    if (!tools.repository().becomes(row.id(), state)) {
      throw new CancellationException("discarded");
    }
  }

  private void stopIfAsked() {
    if (stopped.getCount() == 0) {
      throw new CancellationException("stopped");
    }
  }

  private void fetch(Download from) {
    int failures = 0;
    boolean hasCome = received > 0;
    while (true) {
      long before = received;
      try {
        from.attempt(tools.files().path(row.id()), validator, new Coming());
        return;
      } catch (IOException broken) {
        stopIfAsked();
        hasCome |= received > before;
        failures = received > before ? 1 : failures + 1;
        if (failures > (hasCome ? tools.fetching().retries() : FIRST_TRIES - 1)) {
          throw FetchFailed.of(FetchAddress.of(row.source()).url().host(), broken);
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

  /** What comes from the other side. */
  private final class Coming implements Receiver {
    private long roomFor;
    private boolean looksRight;

    @Override
    public void begins(long offset, long total, @Nullable String now) {
      tools.files().requireRoom(total, offset);
      roomFor = total >= 0 ? Long.MAX_VALUE : roomAfter(offset);
      received = offset;
      validator = now;
      tools.repository().begins(row.id(), total < 0 ? null : total, offset, now);
    }

    @Override
    public void received(long bytes) {
      if (!looksRight) {
        tools.files().requireGguf(row.id(), row.fileName());
        looksRight = bytes >= 4;
      }
      if (bytes > roomFor) {
        tools.files().requireRoom(-1, bytes);
        roomFor = roomAfter(bytes);
      }
      moved(bytes);
    }

    private long roomAfter(long bytes) {
      return Math.min(tools.settings().maxFileSize().toBytes(), bytes + ROOM_BYTES);
    }
  }

  private void lookedThrough(long bytes) {
    moved(bytes);
    stopIfAsked();
  }

  private void moved(long bytes) {
    received = bytes;
    pace.mark(bytes);
    progress.accept(bytes);
    long now = System.nanoTime();
    if (now - heartbeat > HEARTBEAT_NANOS) {
      heartbeat = now;
      if (!tools.repository().received(row.id(), bytes)) {
        stop();
      }
    }
  }
}
