package io.witan.engine.sampling;

import java.util.List;

/**
 * A chosen token.
 *
 * @param logProbability of the model itself, before penalties, filters and temperature; NaN unless
 *     log-probabilities were asked for
 * @param likeliest as many of the likeliest tokens as were asked for, the likeliest first
 */
public record Sample(int token, float logProbability, List<Candidate> likeliest) {
  /** A token and its log-probability. */
  public record Candidate(int token, float logProbability) {}
}
