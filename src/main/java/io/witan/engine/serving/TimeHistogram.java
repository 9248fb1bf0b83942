package io.witan.engine.serving;

import io.witan.engine.serving.ServingStatistics.Times;
import java.util.ArrayList;

/** Counts times by their order of magnitude. Its caller holds a lock. */
public final class TimeHistogram {
  private static final int BUCKETS = 24;
  private final long[] buckets = new long[BUCKETS];
  private long count;
  private double total;
  private double max;

  public void add(long nanos) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, nanos) / 1_000_000);
    buckets[Math.min(bits, BUCKETS - 1)]++;
    count++;
    total += nanos / 1e9;
    max = Math.max(max, nanos / 1e9);
  }

  public Times snapshot() {
    var list = new ArrayList<Long>(BUCKETS);
    for (long bucket : buckets) {
      list.add(bucket);
    }
    return new Times(count, total, max, list);
  }
}
