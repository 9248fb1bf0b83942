package io.witan.models.registry;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * What is known of the model that the distribution brings.
 *
 * @param gatePassed whether it was measured and reached all that a model must reach to write by
 *     default
 * @param scores what it must reach, and what it and quotes reach; empty if it was not measured
 */
@Schema(name = "BuiltInModel")
public record BuiltIn(boolean gatePassed, List<Score> scores) {
  public BuiltIn {
    scores = List.copyOf(scores);
  }

  /**
   * One figure, parts from 0 to 1.
   *
   * @param name such as "F1, English"
   * @param most whether the bound is the most that is accepted, and not the least
   * @param value -1 if it was not measured
   * @param quotes what quotes reach; -1 if it was not measured
   */
  @Schema(name = "BuiltInModelScore")
  public record Score(
      String name, boolean most, double bound, double value, double quotes, boolean passed) {}
}
