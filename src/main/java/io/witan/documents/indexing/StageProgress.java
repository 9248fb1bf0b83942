package io.witan.documents.indexing;

import io.witan.documents.Stage;
import io.witan.identity.ScopedTransactions;
import java.util.UUID;
import java.util.function.DoubleConsumer;

/** Writes how far a revision is, not more often than a person can see. */
final class StageProgress implements DoubleConsumer {
  private static final long EVERY_NANOS = 400_000_000;

  private final ScopedTransactions transactions;
  private final Revisions revisions;
  private final UUID revision;
  private final double from;
  private final double to;
  private long lastNanos = System.nanoTime();

  StageProgress(ScopedTransactions transactions, Revisions revisions, UUID revision, Stage stage) {
    this.transactions = transactions;
    this.revisions = revisions;
    this.revision = revision;
    this.from = startOf(stage);
    this.to = endOf(stage);
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

  @Override
  public void accept(double part) {
    long now = System.nanoTime();
    if (now - lastNanos < EVERY_NANOS) {
      return;
    }
    lastNanos = now;
    double overall = from + Math.clamp(part, 0.0, 1.0) * (to - from);
    transactions.run(Stages.SCOPE, () -> revisions.progress(revision, overall));
  }
}
