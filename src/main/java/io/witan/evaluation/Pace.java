package io.witan.evaluation;

import java.time.Duration;
import java.util.function.Consumer;

/** Tells how far the questions of a set are, but not more often than anybody can read. */
final class Pace {
  private static final long EVERY_NANOS = Duration.ofSeconds(10).toNanos();

  private final QuestionSet set;
  private final Consumer<String> progress;
  private long toldAt = System.nanoTime();
  private int done;

  Pace(QuestionSet set, Consumer<String> progress) {
    this.set = set;
    this.progress = progress;
    progress.accept("asking %d questions of %s".formatted(set.questions().size(), set.name()));
  }

  void done() {
    done++;
    if (System.nanoTime() - toldAt > EVERY_NANOS) {
      toldAt = System.nanoTime();
      progress.accept("%s: %d of %d".formatted(set.name(), done, set.questions().size()));
    }
  }
}
