package io.witan.documents.extraction;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether files can be read: DOWN while no worker process starts, UNKNOWN until one was tried.
 *
 * <p>No part of readiness: questions are answered without it. A start is tried at the first look
 * and again after each failure, at most once in half a minute and never while somebody waits for
 * the answer.
 */
@Component("extractionWorker")
final class ExtractionHealth implements HealthIndicator {
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(30);

  private final ExtractionWorkers workers;
  private final Clock clock;
  private final AtomicBoolean trying = new AtomicBoolean();

  ExtractionHealth(ExtractionWorkers workers, Clock clock) {
    this.workers = workers;
    this.clock = clock;
  }

  @Override
  public Health health() {
    var starts = workers.starts();
    if (isDue(starts) && trying.compareAndSet(false, true)) {
      Thread.ofVirtual().name("extraction-health").start(this::tryStart);
    }
    var health =
        starts.failedAt() != null
            ? Health.down()
            : starts.succeededAt() != null ? Health.up() : Health.unknown();
    detail(health, "lastStart", starts.succeededAt());
    detail(health, "lastFailure", starts.failedAt());
    detail(health, "failure", starts.failure());
    return health.build();
  }

  private boolean isDue(ExtractionWorkers.Starts starts) {
    var failed = starts.failedAt();
    Instant now = clock.instant();
    return failed == null ? starts.succeededAt() == null : failed.plus(BETWEEN_TRIES).isBefore(now);
  }

  private void tryStart() {
    try {
      workers.tryStart();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      trying.set(false);
    }
  }

  private static void detail(Health.Builder health, String name, @Nullable Object value) {
    if (value != null) {
      health.withDetail(name, value);
    }
  }
}
