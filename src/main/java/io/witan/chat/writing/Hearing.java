package io.witan.chat.writing;

import io.witan.models.generation.GeneratedPiece;
import io.witan.models.generation.GenerationEnd;
import io.witan.models.generation.GenerationRun;
import io.witan.models.generation.GeneratorListener;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Brings what a generator says to the thread that writes the answer. */
final class Hearing implements GeneratorListener {
  private static final long PATIENCE_MILLIS = 50;

  /** Times of patience after which an ended run is believed to say no more. */
  private static final int SILENCES = 100;

  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private int silences;

  /** Something that the generator said. */
  sealed interface Heard {
    record Queued(int position) implements Heard {}

    record Read(int tokens, int ofTokens) implements Heard {}

    record Piece(String text) implements Heard {}

    record Ended(GenerationEnd end) implements Heard {}
  }

  @Override
  public void queued(int position) {
    heard.add(new Heard.Queued(position));
  }

  @Override
  public void reading(int tokens, int ofTokens) {
    heard.add(new Heard.Read(tokens, ofTokens));
  }

  @Override
  public void generated(GeneratedPiece piece) {
    heard.add(new Heard.Piece(piece.text()));
  }

  @Override
  public void ended(GenerationEnd end) {
    heard.add(new Heard.Ended(end));
  }

  /** The next thing said, in order; null if nothing was said for a moment. */
  @Nullable Heard next(GenerationRun run) throws InterruptedException {
    var next = heard.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    if (next == null && run.end().isDone() && ++silences >= SILENCES) {
      return new Heard.Ended(run.end().join());
    }
    return next;
  }
}
