package io.witan.models.residency;

import io.witan.engine.GeneratedToken;
import io.witan.engine.PromptWriter;
import io.witan.engine.serving.GenerationListener;
import io.witan.engine.serving.GenerationResult;
import io.witan.models.generation.GeneratedPiece;
import io.witan.models.generation.GenerationEnd;
import io.witan.models.generation.GenerationEnd.Reason;
import io.witan.models.generation.GeneratorGone;
import io.witan.models.generation.GeneratorListener;
import org.jspecify.annotations.Nullable;

/** Tells a listener of the product what the engine tells. */
record Listening(GeneratorListener listener, PromptWriter writer) implements GenerationListener {

  @Override
  public void queued(int position) {
    listener.queued(position);
  }

  @Override
  public void read(int tokens, int ofTokens) {
    listener.reading(tokens, ofTokens);
  }

  @Override
  public void token(GeneratedToken token) {
    listener.generated(
        new GeneratedPiece(
            token.text(),
            token.id() < 0 ? "" : writer.textOf(token.id()),
            token.logProbability(),
            token.likeliest().stream()
                .map(
                    other ->
                        new GeneratedPiece.Alternative(
                            writer.textOf(other.id()), other.logProbability()))
                .toList()));
  }

  @Override
  public void ended(GenerationResult result) {
    listener.ended(end(result));
  }

  static GenerationEnd end(GenerationResult result) {
    return new GenerationEnd(
        reason(result),
        failure(result),
        result.usage().prompt(),
        result.usage().reused(),
        result.usage().generated(),
        result.timings().queued(),
        result.timings().firstToken(),
        result.timings().total());
  }

  private static Reason reason(GenerationResult result) {
    return switch (result.reason()) {
      case STOP -> Reason.STOP;
      case LENGTH -> Reason.LENGTH;
      case CANCELLED -> Reason.CANCELLED;
      case DEADLINE -> Reason.DEADLINE;
      case LISTENER, CLOSED, FAILED -> Reason.FAILED;
    };
  }

  private static @Nullable Throwable failure(GenerationResult result) {
    return switch (result.reason()) {
      case CLOSED -> new GeneratorGone();
      case STOP, LENGTH, CANCELLED, DEADLINE, LISTENER, FAILED -> result.failure();
    };
  }
}
