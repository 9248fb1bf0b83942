package io.witan.documents.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;

class ExtractionHealthTests {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  @TempDir private Path folder;
  private final Hands clock = new Hands();
  private @Nullable ExtractionWorkers started;

  @AfterEach
  void close() {
    if (started != null) {
      started.close();
    }
  }

  @Test
  void isUnknownUntilAWorkerStarted() {
    var health = new ExtractionHealth(startedBy(JAVA), clock);

    assertThat(health.health().getStatus()).isEqualTo(Status.UNKNOWN);

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> health.health().getStatus().equals(Status.UP));
    assertThat(health.health().getDetails()).containsEntry("lastStart", NOON);
  }

  @Test
  void isDownWhileNoWorkerStartsAndSaysWhy() throws Exception {
    var workers = startedBy(folder.resolve("no-such-java"));
    var health = new ExtractionHealth(workers, clock);
    var file = Files.writeString(folder.resolve("a.txt"), "Hello.");

    assertThatThrownBy(() -> workers.extract(file, "a.txt", percent -> {}))
        .isInstanceOf(ExtractionFailed.class);

    var seen = health.health();
    assertThat(seen.getStatus()).isEqualTo(Status.DOWN);
    assertThat(seen.getDetails()).containsEntry("lastFailure", NOON).doesNotContainKey("lastStart");
    assertThat(seen.getDetails().get("failure")).asString().contains("no-such-java");
  }

  @Test
  void triesAgainByItselfAndRecovers() throws Exception {
    var java = folder.resolve("java");
    var health = new ExtractionHealth(startedBy(java), clock);
    health.health();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> health.health().getStatus().equals(Status.DOWN));

    Files.createSymbolicLink(java, JAVA);
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN); // not yet time
    clock.now = NOON.plusSeconds(31);

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> health.health().getStatus().equals(Status.UP));
    assertThat(health.health().getDetails()).doesNotContainKeys("lastFailure", "failure");
  }

  private ExtractionWorkers startedBy(Path java) {
    var limits = ExtractionLimits.defaults();
    var workers =
        new ExtractionWorkers(
            limits,
            1,
            Duration.ofMinutes(1),
            new Hands(),
            new WorkerCommand(limits.heapBytes(), java));
    started = workers;
    return workers;
  }

  /** A clock that goes on when told. */
  private static final class Hands extends Clock {
    private volatile Instant now = NOON;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
