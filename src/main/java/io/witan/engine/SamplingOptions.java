package io.witan.engine;

import java.util.List;

/**
 * How the next token is chosen. The filters apply in the order of the parameters, each to what the
 * one before left.
 *
 * @param repetitionPenalty divides positive and multiplies negative logits of recent tokens; 1 is
 *     none
 * @param presencePenalty is taken from the logits of recent tokens; 0 is none
 * @param penaltyWindow how many of the last tokens are recent
 * @param topK keep so many of the likeliest tokens; 0 keeps all
 * @param topP keep the likeliest tokens that together have this probability; 1 keeps all
 * @param minP keep tokens at least this fraction as likely as the likeliest; 0 keeps all
 * @param temperature divides the logits; 0 takes the likeliest token, the first of equals
 * @param seed the same seed gives the same choices
 * @param logProbabilities how many of the likeliest tokens to report beside the chosen one
 * @param stop texts that end generation and are not part of it
 */
public record SamplingOptions(
    float repetitionPenalty,
    float presencePenalty,
    int penaltyWindow,
    int topK,
    float topP,
    float minP,
    float temperature,
    long seed,
    int logProbabilities,
    List<String> stop) {
  private static final int MOST_STOPS = 64;

  public SamplingOptions {
    check(repetitionPenalty > 0 && repetitionPenalty <= 10, "repetitionPenalty", repetitionPenalty);
    check(Math.abs(presencePenalty) <= 10, "presencePenalty", presencePenalty);
    check(penaltyWindow >= 0, "penaltyWindow", penaltyWindow);
    check(topK >= 0, "topK", topK);
    check(topP > 0 && topP <= 1, "topP", topP);
    check(minP >= 0 && minP <= 1, "minP", minP);
    check(temperature >= 0 && temperature <= 100, "temperature", temperature);
    check(logProbabilities >= 0 && logProbabilities <= 100, "logProbabilities", logProbabilities);
    stop = List.copyOf(stop);
    check(
        stop.size() <= MOST_STOPS && stop.stream().noneMatch(String::isEmpty), "stop", stop.size());
  }

  private static void check(boolean holds, String name, float value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is out of range: " + value);
    }
  }

  /** Always the likeliest token. */
  public static SamplingOptions greedy() {
    return new SamplingOptions(1, 0, 64, 0, 1, 0, 0, 0, 0, List.of());
  }

  /** Varied and sensible: temperature 0.8, top-k 40, top-p 0.95, min-p 0.05. */
  public static SamplingOptions varied(long seed) {
    return new SamplingOptions(1, 0, 64, 40, 0.95f, 0.05f, 0.8f, seed, 0, List.of());
  }

  public boolean isGreedy() {
    return temperature == 0;
  }

  /** Whether the likeliest token of the logits as they are is all that is asked for. */
  public boolean isPlain() {
    return isGreedy() && repetitionPenalty == 1 && presencePenalty == 0 && logProbabilities == 0;
  }

  public SamplingOptions withRepetitionPenalty(float value) {
    return new SamplingOptions(
        value,
        presencePenalty,
        penaltyWindow,
        topK,
        topP,
        minP,
        temperature,
        seed,
        logProbabilities,
        stop);
  }

  public SamplingOptions withPresencePenalty(float value) {
    return new SamplingOptions(
        repetitionPenalty,
        value,
        penaltyWindow,
        topK,
        topP,
        minP,
        temperature,
        seed,
        logProbabilities,
        stop);
  }

  public SamplingOptions withTopK(int value) {
    return new SamplingOptions(
        repetitionPenalty,
        presencePenalty,
        penaltyWindow,
        value,
        topP,
        minP,
        temperature,
        seed,
        logProbabilities,
        stop);
  }

  public SamplingOptions withTopP(float value) {
    return new SamplingOptions(
        repetitionPenalty,
        presencePenalty,
        penaltyWindow,
        topK,
        value,
        minP,
        temperature,
        seed,
        logProbabilities,
        stop);
  }

  public SamplingOptions withMinP(float value) {
    return new SamplingOptions(
        repetitionPenalty,
        presencePenalty,
        penaltyWindow,
        topK,
        topP,
        value,
        temperature,
        seed,
        logProbabilities,
        stop);
  }

  public SamplingOptions withTemperature(float value) {
    return new SamplingOptions(
        repetitionPenalty,
        presencePenalty,
        penaltyWindow,
        topK,
        topP,
        minP,
        value,
        seed,
        logProbabilities,
        stop);
  }

  public SamplingOptions withSeed(long value) {
    return new SamplingOptions(
        repetitionPenalty,
        presencePenalty,
        penaltyWindow,
        topK,
        topP,
        minP,
        temperature,
        value,
        logProbabilities,
        stop);
  }

  public SamplingOptions withLogProbabilities(int value) {
    return new SamplingOptions(
        repetitionPenalty,
        presencePenalty,
        penaltyWindow,
        topK,
        topP,
        minP,
        temperature,
        seed,
        value,
        stop);
  }

  public SamplingOptions withStop(List<String> value) {
    return new SamplingOptions(
        repetitionPenalty,
        presencePenalty,
        penaltyWindow,
        topK,
        topP,
        minP,
        temperature,
        seed,
        logProbabilities,
        value);
  }
}
