package io.witan.documents.indexing;

import io.witan.documents.Stage;
import io.witan.identity.ScopedTransactions;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/** Writes how far a revision is, not more often than a person can see, and ends a stage early. */
final class StageProgress implements DoubleConsumer {
  private static final long EVERY_NANOS = 400_000_000;

  private final ScopedTransactions transactions;
  private final Revisions revisions;
  private final UUID revision;
  private final double from;
  private final double to;
  private final BooleanSupplier stopping;
  private long lastNanos = System.nanoTime();

  StageProgress(
      ScopedTransactions transactions,
      Revisions revisions,
      UUID revision,
      Stage stage,
      BooleanSupplier stopping) {
    this.transactions = transactions;
    this.revisions = revisions;
    this.revision = revision;
    this.from = startOf(stage);
    this.to = endOf(stage);
    this.stopping = stopping;
  }

  /** The process stops indexing: what the stage has worked out so far is dropped. */
  static final class IndexingStopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IndexingStopped() {
      super("indexing was stopped");
    }
  }

  /** Share of the whole way that lies before a stage. */
  static double startOf(Stage stage) {
    return switch (stage) {
      case STORED -> 0;
      case EXTRACTING -> 0.05;
      case CHUNKING -> 0.35;
      case EMBEDDING -> 0.4;
      case INDEXED -> 1;
    };
  }

  private static double endOf(Stage stage) {
    return stage == Stage.INDEXED ? 1 : startOf(Stage.values()[stage.ordinal() + 1]);
  }

  /**
   * Notes this part.
   *
   * @throws IndexingStopped when the stage shall not go on
   */
  @Override
  public void accept(double part) {
    if (stopping.getAsBoolean() || Thread.currentThread().isInterrupted()) {
      throw new IndexingStopped();
    }
    long now = System.nanoTime();
    if (now - lastNanos < EVERY_NANOS) {
      return;
    }
    lastNanos = now;
    double overall = from + Math.clamp(part, 0.0, 1.0) * (to - from);
    transactions.run(Stages.SCOPE, () -> revisions.progress(revision, overall));
  }
}
