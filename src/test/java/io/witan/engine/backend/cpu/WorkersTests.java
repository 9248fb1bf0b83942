package io.witan.engine.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class WorkersTests {
  @Test
  void everyPieceIsDoneOnce() {
    try (var workers = new Workers(4)) {
      for (int pieces = 0; pieces < 200; pieces++) {
        var done = new AtomicIntegerArray(pieces + 1);
        workers.run(pieces, (piece, worker) -> done.incrementAndGet(piece));
        for (int piece = 0; piece < pieces; piece++) {
          assertThat(done.get(piece)).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void whatAPieceThrowsComesOut() {
    try (var workers = new Workers(3)) {
      assertThatThrownBy(
              () ->
                  workers.run(
                      10,
                      (piece, worker) -> {
                        if (piece == 7) {
                          throw new IllegalArgumentException("seven");
                        }
                      }))
          .hasRootCauseMessage("seven");
    }
  }

  /** Threads that all spin until the last arrives need seconds here: each waits its time slice. */
  @Test
  void manyMoreThreadsThanProcessorsDoNotCollapse() {
    try (var workers = new Workers(8 * Runtime.getRuntime().availableProcessors())) {
      Assertions.assertTimeout(
          Duration.ofSeconds(20),
          () -> {
            for (int i = 0; i < 5_000; i++) {
              workers.run(64, (piece, worker) -> {});
            }
          });
    }
  }
}
