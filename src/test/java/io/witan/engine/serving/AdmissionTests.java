package io.witan.engine.serving;

import static io.witan.engine.serving.ServedModel.request;
import static io.witan.engine.serving.ServedModel.resultOf;
import static io.witan.engine.serving.ServedModel.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.witan.engine.EngineException;
import io.witan.engine.GeneratedToken;
import io.witan.engine.SamplingOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in, who waits, who is refused, and how requests end early. */
class AdmissionTests {
  private static final int PAGES = 40;

  @TempDir private static Path folder = Path.of(".");
  private static Path file = Path.of(".");

  private ServedModel served;

  @BeforeAll
  static void write() {
    file = ServedModel.write(folder);
  }

  @BeforeEach
  void load() {
    served = ServedModel.load(file, PAGES);
  }

  @AfterEach
  void close() {
    served.close();
  }

  private static ServingOptions oneAtATime() {
    return ServedModel.options().withRunning(1, 1);
  }

  /** A request that generates until it is cancelled, and has begun. */
  private static GenerationHandle occupy(GenerationServer server, String owner) {
    var heard = new Recording();
    var handle = server.submit(request(tokens(8, 1), 2000, owner), heard);
    Recording.until(() -> !heard.tokens.isEmpty());
    return handle;
  }

  @Test
  void anErrorEndsEverythingAndIsSaid() {
    var runsOutOfMemory = new AtomicBoolean();
    LongClock clock =
        () -> {
          if (Thread.currentThread().getName().equals("generation-server")
              && runsOutOfMemory.compareAndSet(true, false)) {
            throw new OutOfMemoryError("of the test");
          }
          return System.nanoTime();
        };
    try (var server = new GenerationServer(served.model, oneAtATime(), clock)) {
      var running = occupy(server, "first");
      var waiting = server.submit(request(tokens(8, 2), 2, "second"), new Recording());
      assertThat(server.isAlive()).isTrue();

      runsOutOfMemory.set(true);

      for (var handle : List.of(running, waiting)) {
        var result = resultOf(handle);
        assertThat(result.reason()).isEqualTo(EndReason.FAILED);
        assertThat(result.failure()).isInstanceOf(OutOfMemoryError.class);
      }
      Recording.until(() -> !server.isAlive());
      assertThatThrownBy(() -> server.submit(request(tokens(8, 3), 2, "third"), new Recording()))
          .isInstanceOf(EngineException.Closed.class);
      assertThat(server.statistics().pages().used()).isZero();
    }
  }

  @Test
  void ownersTakeTurns() {
    try (var server = served.serve(oneAtATime())) {
      var running = occupy(server, "busy");
      var others = new ArrayList<GenerationHandle>();
      for (int i = 0; i < 50; i++) {
        others.add(server.submit(request(tokens(8, i), 2, "busy"), new Recording()));
      }
      var heard = new Recording();

      var single = server.submit(request(tokens(8, 99), 2, "single"), heard);
      Recording.until(() -> !heard.places.isEmpty()); // later ones may replace the first
      running.cancel();
      resultOf(single);

      assertThat(heard.places.getFirst()).isEqualTo(2);
      assertThat(heard.places).isSortedAccordingTo((a, b) -> b - a);
      var counts = server.statistics().counts();
      assertThat(counts.completed()).isLessThanOrEqualTo(4); // one before it, and since it ended
      others.forEach(GenerationHandle::cancel);
    }
  }

  @Test
  void anOwnerLeavesRoomForOthers() {
    try (var larger = ServedModel.load(file, 3 * PAGES);
        var server = larger.serve(ServedModel.options().withRunning(3, 2))) {
      var first = occupy(server, "busy");
      var second = occupy(server, "busy");
      var third = server.submit(request(tokens(8, 3), 2, "busy"), new Recording());

      resultOf(server.submit(request(tokens(8, 4), 2, "single"), new Recording()));

      assertThat(third.result()).isNotDone();
      first.cancel();
      second.cancel();
      assertThat(resultOf(third).reason()).isEqualTo(EndReason.LENGTH);
    }
  }

  @Test
  void aRequestWaitsUntilItsWorstCaseFits() {
    try (var server = served.serve(ServedModel.options())) {
      var large = occupy(server, "a"); // 2007 positions, 32 of 40 pages
      var waiting = server.submit(request(tokens(8, 2), 1000, "b"), new Recording());
      Recording.until(() -> server.statistics().queued() == 1);

      assertThat(server.statistics().running()).isEqualTo(1);
      large.cancel();

      var result = resultOf(waiting);
      assertThat(result.usage().generated()).isEqualTo(1000);
      assertThat(result.timings().queued()).isPositive();
    }
  }

  @Test
  void whatNeverFitsIsRefusedAtOnce() {
    try (var server = served.serve(ServedModel.options())) {
      assertThatThrownBy(() -> server.submit(request(tokens(100, 1), 2500, "a"), token -> {}))
          .isInstanceOf(EngineException.LimitExceeded.class)
          .hasMessageContaining("41 pages")
          .hasMessageContaining("has 40");
      assertThatThrownBy(() -> server.submit(request(tokens(5000, 1), 1, "a"), token -> {}))
          .isInstanceOf(EngineException.LimitExceeded.class)
          .hasMessageContaining("holds 4096 tokens");
      assertThatThrownBy(() -> server.submit(request(new int[] {1, 40_960}, 1, "a"), t -> {}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("40960");
    }
  }

  @Test
  void tooManyAreRefusedWithATimeToRetry() {
    try (var server = served.serve(oneAtATime().withQueued(3, 2))) {
      resultOf(server.submit(request(tokens(8, 1), 3, "a"), new Recording()));
      var running = occupy(server, "a");
      server.submit(request(tokens(8, 1), 1, "a"), new Recording());
      server.submit(request(tokens(8, 1), 1, "a"), new Recording());

      var owner = refused(server, "a");
      server.submit(request(tokens(8, 1), 1, "b"), new Recording());
      var all = refused(server, "c");

      assertThat(owner).hasMessageContaining("2 requests of the same owner");
      assertThat(all).hasMessageContaining("3 requests wait");
      assertThat(all.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(5));
      assertThat(server.statistics().counts().refused()).isEqualTo(2);
      running.cancel();
    }
  }

  @Test
  void theTimeToRetryIsAboutWhenAPlaceIsFree() {
    long faster = 500; // a request takes some seconds of this clock
    long began = System.nanoTime();
    LongClock clock = () -> began + (System.nanoTime() - began) * faster;
    var options = oneAtATime().withQueued(2, 2);
    try (var server = new GenerationServer(served.model, options, clock)) {
      int few = 8;
      long before = clock.nanos();
      for (int i = 0; i < few; i++) {
        resultOf(server.submit(request(tokens(32, i), 40, "a"), new Recording()));
      }
      double seconds = (clock.nanos() - before) / 1e9 / few;
      server.submit(request(tokens(32, 1), 40, "a"), new Recording());
      Recording.until(() -> server.statistics().queued() == 0);
      server.submit(request(tokens(32, 2), 40, "b"), new Recording());
      server.submit(request(tokens(32, 3), 40, "b"), new Recording());

      var told = refused(server, "c").retryAfter();

      assertThat((double) told.toSeconds()).isBetween(seconds / 4, 1 + seconds * 4);
    }
  }

  private static EngineException.Overloaded refused(GenerationServer server, String owner) {
    return catchThrowableOfType(
        EngineException.Overloaded.class,
        () -> server.submit(request(tokens(8, 1), 1, owner), new Recording()));
  }

  @Test
  void deadlinesEndWhatWaitsAndWhatRuns() {
    var now = new AtomicLong();
    try (var server = new GenerationServer(served.model, oneAtATime(), now::get)) {
      var heard = new Recording();
      var running =
          server.submit(
              withDeadline(new Deadline(Duration.ofSeconds(5), Duration.ofSeconds(60))), heard);
      Recording.until(() -> heard.tokens.size() > 2);
      var waiting =
          server.submit(
              withDeadline(new Deadline(Duration.ofSeconds(5), Duration.ofSeconds(60))),
              new Recording());

      now.set(Duration.ofSeconds(5).toNanos());
      var neverRan = resultOf(waiting);
      assertThat(running.result()).isNotDone();
      now.set(Duration.ofSeconds(60).toNanos());
      var ran = resultOf(running);

      assertThat(neverRan.reason()).isEqualTo(EndReason.DEADLINE);
      assertThat(neverRan.timings().queued()).isEqualTo(Duration.ofSeconds(5));
      assertThat(neverRan.timings().firstToken()).isNull();
      assertThat(ran.reason()).isEqualTo(EndReason.DEADLINE);
      assertThat(ran.usage().generated()).isGreaterThan(2);
      assertThat(server.statistics().counts().failed()).isEqualTo(2);
    }
  }

  private static GenerationRequest withDeadline(Deadline deadline) {
    return new GenerationRequest(
        tokens(8, 1), SamplingOptions.greedy(), 2000, "a", PrefixScope.none(), deadline);
  }

  @Test
  void aListenerThatIsStuckFailsAlone() {
    var never = new CountDownLatch(1);
    try (var server = served.serve(ServedModel.options().withListenerTokens(200))) {
      var stuck =
          server.submit(
              request(tokens(8, 1), 1000, "a"),
              token -> {
                boolean waiting = true;
                while (waiting) {
                  try {
                    never.await();
                    waiting = false;
                  } catch (InterruptedException ignored) {
                    waiting = true;
                  }
                }
              });
      var heard = new Recording();

      var other = resultOf(server.submit(request(tokens(8, 2), 100, "b"), heard));
      var result = resultOf(stuck);

      assertThat(other.reason()).isEqualTo(EndReason.LENGTH);
      assertThat(heard.ids()).isEqualTo(served.alone(tokens(8, 2), 100));
      assertThat(result.reason()).isEqualTo(EndReason.LISTENER);
      assertThat(result.failure()).hasMessageContaining("behind");
      assertThat(server.statistics().pages().used()).isZero();
    } finally {
      never.countDown();
    }
  }

  @Test
  void aListenerThatThrowsFailsAloneAndHearsTheEnd() {
    try (var server = served.serve(ServedModel.options())) {
      var throwing =
          new Recording() {
            @Override
            public void token(GeneratedToken token) {
              throw new IllegalStateException("no more");
            }
          };
      var company = server.submit(request(tokens(8, 2), 50, "b"), new Recording());

      var result = resultOf(server.submit(request(tokens(8, 1), 1000, "a"), throwing));

      assertThat(result.reason()).isEqualTo(EndReason.LISTENER);
      assertThat(result.failure()).hasMessage("no more");
      assertThat(throwing.result).isEqualTo(result);
      assertThat(resultOf(company).reason()).isEqualTo(EndReason.LENGTH);
    }
  }

  @Test
  void closingLetsTheRunningEndAndTheWaitingGo() {
    var server = served.serve(oneAtATime());
    var heard = new Recording();
    var running = server.submit(request(tokens(200, 1), 30, "a"), heard);
    Recording.until(() -> !heard.tokens.isEmpty());
    var waiting = server.submit(request(tokens(8, 1), 2, "b"), new Recording());

    server.close(Duration.ofMinutes(1));

    assertThat(resultOf(running).reason()).isEqualTo(EndReason.LENGTH);
    assertThat(resultOf(waiting).reason()).isEqualTo(EndReason.CLOSED);
    assertThat(server.statistics().pages()).isEqualTo(new ServingStatistics.Pages(0, 0, PAGES));
    assertThatThrownBy(() -> server.submit(request(tokens(8, 1), 2, "b"), new Recording()))
        .isInstanceOf(EngineException.Closed.class);
  }

  @Test
  void closingWithoutGraceEndsTheRunning() {
    var server = served.serve(ServedModel.options());
    var running = occupy(server, "a");

    server.close(Duration.ZERO);

    assertThat(resultOf(running).reason()).isEqualTo(EndReason.CLOSED);
    assertThat(server.statistics().pages()).isEqualTo(new ServingStatistics.Pages(0, 0, PAGES));
  }
}
