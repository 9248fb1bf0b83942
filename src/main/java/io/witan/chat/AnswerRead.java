package io.witan.chat;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How much of what was found a model read.
 *
 * @param passages that it read, those beside the found ones included
 * @param tokens of these passages
 * @param found passages that the search gave
 * @param foundRead how many of those it read
 * @param limitedBy why not all; null if all
 */
@Schema(name = "AnswerRead")
public record AnswerRead(
    int passages, int tokens, int found, int foundRead, @Nullable Limit limitedBy) {

  /** What left no room for more. */
  @Schema(name = "AnswerReadLimit")
  public enum Limit {
    /** The model's context. */
    CONTEXT,
    /** The time in which an answer is to begin. */
    SPEED
  }
}
