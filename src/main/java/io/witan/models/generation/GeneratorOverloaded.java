package io.witan.models.generation;

import io.witan.shared.Failure;
import java.time.Duration;
import java.util.Map;

/** Too many requests wait for the generator already. */
public final class GeneratorOverloaded extends Failure {
  private static final long serialVersionUID = 1L;
  private final long retryAfterSeconds;

  public GeneratorOverloaded(Duration retryAfter) {
    this(Math.max(1, retryAfter.toSeconds()));
  }

  private GeneratorOverloaded(long seconds) {
    super(
        "generator-overloaded",
        Kind.TOO_MANY,
        "Too many questions at once",
        "Other answers are being written; ask again in %d seconds.".formatted(seconds));
    this.retryAfterSeconds = seconds;
  }

  @Override
  public Map<String, Object> members() {
    return Map.of("retryAfterSeconds", retryAfterSeconds);
  }
}
