package io.witan.chat.writing;

import io.witan.assistants.SamplingSettings;
import io.witan.models.generation.Sampling;
import java.util.concurrent.ThreadLocalRandom;

/** Decides how the words of an answer are chosen. */
final class SamplingChoice {
  private SamplingChoice() {}

  /**
   * The same question gives the same answer, unless another one is asked for or the assistant wants
   * it otherwise.
   *
   * @param own what the assistant sets
   * @param variation 0 for the first answer to a question; else the seed of another one, so that an
   *     assistant's own seed does not give the same answer again
   */
  static Sampling of(SamplingSettings own, long variation) {
    double temperature = own.temperature() == null ? 0 : own.temperature();
    if (temperature == 0 && variation == 0) {
      return Sampling.greedy();
    }
    var usual = Sampling.varied(seed(own, variation));
    var topP = own.topP();
    return new Sampling(
        temperature == 0 ? usual.temperature() : (float) temperature,
        usual.topK(),
        topP == null ? usual.topP() : topP.floatValue(),
        usual.minP(),
        usual.seed());
  }

  private static long seed(SamplingSettings own, long variation) {
    if (variation != 0) {
      return variation;
    }
    var seed = own.seed();
    return seed == null ? ThreadLocalRandom.current().nextLong(1, 1L << 53) : seed;
  }
}
