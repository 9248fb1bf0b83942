package io.witan.models.intake;

import java.util.ArrayDeque;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How fast bytes have come in the last seconds. For many threads. */
public final class Pace {
  private static final long WINDOW_NANOS = 10_000_000_000L;
  private static final long STEP_NANOS = 250_000_000L;
  private static final long LEAST_NANOS = 500_000_000L;
  private static final double NANOS = 1e9;
  private final LongSupplier nanos;
  private final ArrayDeque<long[]> marks = new ArrayDeque<>();

  public Pace() {
    this(System::nanoTime);
  }

  Pace(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** So many bytes are there now. */
  public synchronized void mark(long bytes) {
    long now = nanos.getAsLong();
    if (marks.size() > 1 && now - marks.getLast()[0] < STEP_NANOS) {
      marks.getLast()[1] = bytes;
      return;
    }
    marks.addLast(new long[] {now, bytes});
    drop(now);
  }

  private void drop(long now) {
    while (!marks.isEmpty() && now - marks.getFirst()[0] > WINDOW_NANOS) {
      marks.removeFirst();
    }
  }

  /** Null if nothing has come lately. */
  @Nullable Long bytesPerSecond() {
    synchronized (this) {
      long now = nanos.getAsLong();
      drop(now);
      if (marks.isEmpty() || now - marks.getFirst()[0] < LEAST_NANOS) {
        return null;
      }
      long bytes = marks.getLast()[1] - marks.getFirst()[1];
      long perSecond = Math.round(bytes * NANOS / (now - marks.getFirst()[0]));
      return perSecond <= 0 ? null : perSecond;
    }
  }

  /** Null if it cannot be said. */
  @Nullable Long secondsLeft(long bytes) {
    var speed = bytesPerSecond();
    return speed == null || bytes < 0 ? null : Math.ceilDiv(bytes, speed);
  }
}
