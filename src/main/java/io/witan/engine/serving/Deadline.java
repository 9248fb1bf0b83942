package io.witan.engine.serving;

import java.time.Duration;

/**
 * How long a request may take.
 *
 * @param queued until it is admitted
 * @param total until it ends
 */
public record Deadline(Duration queued, Duration total) {
  private static final Duration FOREVER = Duration.ofDays(365);

  public Deadline {
    if (queued.isNegative() || total.isNegative()) {
      throw new IllegalArgumentException("deadline " + queued + ", " + total);
    }
  }

  public static Deadline none() {
    return new Deadline(FOREVER, FOREVER);
  }

  public static Deadline after(Duration total) {
    return new Deadline(total, total);
  }
}
