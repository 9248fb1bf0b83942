package io.witan.models.intake;

import io.witan.models.fetch.FetchAddress;
import io.witan.models.fetch.FetchFailed;
import io.witan.models.fetch.Receiver;
import io.witan.models.intake.IncomingModel.State;
import io.witan.models.registry.JoinedModel;
import io.witan.models.registry.NoRoomForModel;
import io.witan.models.registry.RegisteredModel;
import io.witan.shared.Failure;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings one model to the registry: fetches what is missing, joins it if it comes in parts, then
 * looks through it. What it was doing is in its row, so that another job can go on with it.
 */
final class IncomingJob {
  private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long ROOM_BYTES = 256L << 20;

  private final IncomingTools tools;
  private final IncomingRow row;
  private final LongConsumer progress;
  private final @Nullable FetchAddress address;
  private final @Nullable IncomingParts parts;
  private final PersistentFetch fetching;
  private final Pace pace = new Pace();
  private volatile long received;

  /** Bytes of the parts before the one that comes. */
  private long before;

  /** Bytes of all parts; -1 if not known, or if there is but one file. */
  private long whole = -1;

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
    this.fetching = new PersistentFetch(tools, this::received);
    var url = row.url();
    this.address = url == null ? null : FetchAddress.of(url);
    var part = address == null ? null : address.part().orElse(null);
    this.parts = part == null ? null : tools.files().parts(row.id(), part.count());
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
    fetching.stop();
  }

  /**
   * Does it all, by one who holds its claim; what fails is written down.
   *
   * @throws CancellationException if it was stopped or discarded
   */
  RegisteredModel work() {
    var id = row.id();
    try {
      var model = bring();
      tools.files().delete(id);
      return model;
    } catch (Failure failure) {
      fetching.stopIfAsked();
      tools.repository().fails(id, failure, received);
      if (!mayGoOn(failure)) {
        tools.files().delete(id);
      }
      throw failure;
    }
  }

  private RegisteredModel bring() {
    if (address != null && row.state() != State.CHECKING) {
      become(State.RECEIVING);
      fetch(address);
    }
    become(State.CHECKING);
    if (parts != null && !parts.areJoined()) {
      join(parts);
    }
    return adopt();
  }

  private RegisteredModel adopt() {
    var id = row.id();
    return tools
        .registry()
        .adopt(
            row.by(),
            tools.files().path(id),
            row.fileName(),
            row.wanted(),
            this::lookedThrough,
            model -> tools.repository().done(id, model.id()));
  }

  private void join(IncomingParts all) {
    tools.files().requireRoomToJoin(-1, all.bytes());
    JoinedModel.write(all.first(), all.joining(), row.fileName(), this::lookedThrough);
    all.keepJoined();
  }

  /** Whether what has come is of use when it is tried again. */
  private static boolean mayGoOn(Failure failure) {
    return failure instanceof FetchFailed || failure instanceof NoRoomForModel;
  }

  private void become(State state) {
    fetching.stopIfAsked();
    if (!tools.repository().becomes(row.id(), state)) {
      throw new CancellationException("discarded");
    }
  }

  private void fetch(FetchAddress from) {
    if (parts == null) {
      fetchFile(from);
    } else {
      fetchParts(from, parts);
    }
  }

  private void fetchParts(FetchAddress from, IncomingParts all) {
    var missing = all.missing();
    if (missing.isEmpty()) {
      all.forgetRunning(); // at most what was joined once, and could not be added then
      return;
    }
    before = all.bytes();
    whole = before;
    for (int number : missing) {
      ofPart(from.part(number), this::measure);
    }
    tools.files().requireRoomToJoin(whole, received);
    for (int number : missing) {
      ofPart(from.part(number), this::fetchFile);
      all.keep(number);
      validator = null;
      before = all.bytes();
      tools.repository().begins(row.id(), whole < 0 ? null : whole, before, null);
    }
  }

  private static void ofPart(FetchAddress part, Consumer<FetchAddress> work) {
    try {
      work.accept(part);
    } catch (FetchFailed failed) {
      throw FetchFailed.ofPart(part.fileName(), failed);
    }
  }

  private void measure(FetchAddress part) {
    fetching.attempt(
        part,
        download -> {
          long size = download.size();
          whole = size < 0 || whole < 0 ? -1 : whole + size;
        });
  }

  private void fetchFile(FetchAddress from) {
    fetching.attempt(
        from, download -> download.attempt(tools.files().path(row.id()), validator, new Coming()));
  }

  /** What comes from the other side. */
  private final class Coming implements Receiver {
    private long roomFor;
    private boolean looksRight;

    @Override
    public void begins(long offset, long total, @Nullable String now) {
      long all = parts == null ? total : whole;
      long have = before + offset;
      requireRoom(all, have);
      roomFor = all >= 0 ? Long.MAX_VALUE : roomAfter(have);
      received = have;
      validator = now;
      tools.repository().begins(row.id(), all < 0 ? null : all, have, now);
    }

    @Override
    public void received(long bytes) {
      if (!looksRight) {
        tools.files().requireGguf(row.id(), row.fileName());
        looksRight = bytes >= 4;
      }
      long have = before + bytes;
      if (have > roomFor) {
        requireRoom(-1, have);
        roomFor = roomAfter(have);
      }
      moved(have);
    }

    private void requireRoom(long all, long have) {
      if (parts == null) {
        tools.files().requireRoom(all, have);
      } else {
        tools.files().requireRoomToJoin(all, have);
      }
    }

    private long roomAfter(long bytes) {
      return Math.min(tools.settings().maxFileSize().toBytes(), bytes + ROOM_BYTES);
    }
  }

  private void lookedThrough(long bytes) {
    moved(bytes);
    fetching.stopIfAsked();
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
