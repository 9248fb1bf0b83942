package io.witan.chat.openai;

import io.witan.engine.SamplingOptions;
import io.witan.shared.InvalidInput;
import java.util.List;
import java.util.random.RandomGenerator;

/** Reads how tokens are to be chosen, with that API's names and defaults. */
final class SamplingParameters {
  private static final int MOST_STOPS = 16;
  private static final int MOST_TOP_K = 100_000;
  private static final int PENALTY_WINDOW = 64;
  private static final double SMALLEST_TOP_P = 1e-6;

  private SamplingParameters() {}

  /**
   * @param logProbabilities how many of the likeliest tokens to report
   */
  static SamplingOptions of(Parameters request, int logProbabilities) {
    refuseWhatCannotBeDone(request);
    var seed = request.wholeNumber("seed");
    var topK = request.integer("top_k", -1, MOST_TOP_K);
    return new SamplingOptions(
        (float) request.number("repetition_penalty", 0.01, 2, 1),
        (float) request.number("presence_penalty", -2, 2, 0),
        PENALTY_WINDOW,
        topK == null ? 0 : Math.max(0, topK),
        (float) Math.max(SMALLEST_TOP_P, request.number("top_p", 0, 1, 1)),
        (float) request.number("min_p", 0, 1, 0),
        (float) request.number("temperature", 0, 2, 1),
        seed == null ? RandomGenerator.getDefault().nextLong() : seed,
        logProbabilities,
        stops(request));
  }

  private static void refuseWhatCannotBeDone(Parameters request) {
    request.refuseOtherThan("n", 1, "must be 1: ask again for another answer");
    request.refuseOtherThan(
        "frequency_penalty",
        0,
        "is not supported; use presence_penalty, or repetition_penalty (1 is none)");
    request.refuse("logit_bias", "is not supported");
  }

  private static List<String> stops(Parameters request) {
    var stops = request.texts("stop");
    if (stops.size() > MOST_STOPS || stops.stream().anyMatch(String::isEmpty)) {
      throw new InvalidInput(
          "stop", "must be at most " + MOST_STOPS + " texts, none of them empty");
    }
    return stops;
  }
}
