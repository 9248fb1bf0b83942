package io.witan.models.generation;

import io.witan.engine.SamplingOptions;

/**
 * How tokens of an answer are chosen, as it is kept with the answer.
 *
 * @param temperature 0 takes the likeliest token each time
 * @param topK 0 for all
 * @param seed the same seed gives the same choices
 */
public record Sampling(float temperature, int topK, float topP, float minP, long seed) {

  /** Always the likeliest token: the same question gives the same answer. */
  public static Sampling greedy() {
    return of(SamplingOptions.greedy());
  }

  /** Another answer for each seed. */
  public static Sampling varied(long seed) {
    return of(SamplingOptions.varied(seed));
  }

  private static Sampling of(SamplingOptions options) {
    return new Sampling(
        options.temperature(), options.topK(), options.topP(), options.minP(), options.seed());
  }

  SamplingOptions options() {
    return SamplingOptions.greedy()
        .withTemperature(temperature)
        .withTopK(topK)
        .withTopP(topP)
        .withMinP(minP)
        .withSeed(seed);
  }
}
