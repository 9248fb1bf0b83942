package io.witan.models.generation;

import java.util.List;

/**
 * A token, as text.
 *
 * @param text what it adds; empty while a character is incomplete or a stop text may be beginning
 * @param token the token's own text; empty for text that was held back, and where it is not known
 * @param logProbability NaN unless asked for
 * @param likeliest as many as were asked for
 */
public record GeneratedPiece(
    String text, String token, double logProbability, List<Alternative> likeliest) {
  public GeneratedPiece {
    likeliest = List.copyOf(likeliest);
  }

  /** A token that could have come in its place. */
  public record Alternative(String token, double logProbability) {}

  /** Text without anything else known of it. */
  public static GeneratedPiece of(String text) {
    return new GeneratedPiece(text, "", Double.NaN, List.of());
  }
}
