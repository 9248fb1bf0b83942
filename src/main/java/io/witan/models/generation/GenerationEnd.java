package io.witan.models.generation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a request ended.
 *
 * @param failure what went wrong, for {@link Reason#FAILED}
 * @param queued until it was begun
 * @param firstToken until the first token; null if there was none
 */
public record GenerationEnd(
    Reason reason,
    @Nullable Throwable failure,
    int promptTokens,
    int reusedTokens,
    int generatedTokens,
    Duration queued,
    @Nullable Duration firstToken,
    Duration total) {

  /** Why. */
  public enum Reason {
    /** The model ended it, or a stop text came. */
    STOP,
    /** As many tokens as were asked for, or the context is full. */
    LENGTH,
    /** Somebody cancelled it. */
    CANCELLED,
    /** It took longer than it may. */
    DEADLINE,
    /** The generator was stopped, or could not compute it. */
    FAILED
  }
}
