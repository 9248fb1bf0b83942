package io.witan.engine;

import java.util.List;

/**
 * A token as it was generated.
 *
 * @param id the token; -1 for text that was held back until the end
 * @param text what it adds to the text; empty while a character is incomplete or a stop string may
 *     be beginning
 * @param logProbability NaN unless log-probabilities were asked for
 * @param likeliest the likeliest tokens in its place, as many as were asked for
 */
public record GeneratedToken(
    int id, String text, float logProbability, List<Alternative> likeliest) {
  public GeneratedToken {
    likeliest = List.copyOf(likeliest);
  }

  /** A token that could have come. */
  public record Alternative(int id, float logProbability) {}
}
