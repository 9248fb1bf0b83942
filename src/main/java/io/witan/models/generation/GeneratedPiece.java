package io.witan.models.generation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token, as text.
 *
 * @param text what it adds; empty while a character is incomplete or a stop text may be beginning
 * @param token the token's own text; empty for text that was held back, and where it is not known
 * @param logProbability NaN unless asked for
 * @param likeliest as many as were asked for
 * @param calls what it adds to calls of functions, instead of text
 */
public record GeneratedPiece(
    String text,
    String token,
    double logProbability,
    List<Alternative> likeliest,
    List<CallPart> calls) {
  public GeneratedPiece {
    likeliest = List.copyOf(likeliest);
    calls = List.copyOf(calls);
  }

  /** Text only. */
  public GeneratedPiece(
      String text, String token, double logProbability, List<Alternative> likeliest) {
    this(text, token, logProbability, likeliest, List.of());
  }

  /**
   * A part of a call.
   *
   * @param index which call of the answer, from 0
   * @param begins its id and name; null for what comes after these
   * @param arguments more of its arguments: all of them are a JSON object
   */
  public record CallPart(int index, @Nullable CallName begins, String arguments) {}

  /** What a call begins with. */
  public record CallName(String id, String name) {}

  /** A token that could have come in its place. */
  public record Alternative(String token, double logProbability) {}

  /** Text without anything else known of it. */
  public static GeneratedPiece of(String text) {
    return new GeneratedPiece(text, "", Double.NaN, List.of());
  }
}
