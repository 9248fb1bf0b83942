package io.witan.engine.serving;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a request ended.
 *
 * @param failure what went wrong, for {@link EndReason#FAILED} and {@link EndReason#LISTENER}
 */
public record GenerationResult(
    EndReason reason, Usage usage, Timings timings, @Nullable Throwable failure) {
  /**
   * Tokens.
   *
   * @param prompt of the prompt
   * @param reused of these, not computed again
   * @param generated told to the listener
   */
  public record Usage(int prompt, int reused, int generated) {}

  /**
   * Times since the request was made.
   *
   * @param queued until it was admitted, or ended without
   * @param firstToken null if there was none
   */
  public record Timings(Duration queued, @Nullable Duration firstToken, Duration total) {}
}
