package io.witan.engine.backend;

import java.util.Arrays;

/**
 * What a step gives back.
 *
 * @param logits one array of vocabulary size for each of {@link StepBatch#logitRows()}, in order;
 *     empty where {@code likeliest} has a token
 * @param likeliest the first of the tokens with the largest logit, or {@link #UNKNOWN}, which it
 *     may be only where logits are
 */
public record StepResult(float[][] logits, int[] likeliest) {
  public static final int UNKNOWN = -1;

  /** Logits only. */
  public StepResult(float[][] logits) {
    int[] unknown = new int[logits.length];
    Arrays.fill(unknown, UNKNOWN);
    this(logits, unknown);
  }
}
