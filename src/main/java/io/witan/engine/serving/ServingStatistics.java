package io.witan.engine.serving;

import java.util.List;

/**
 * What a server does at one moment, and has done since it began. Rates are of the last {@value
 * Meters#STEPS} steps.
 *
 * @param reading of the running requests, those whose prompt is not yet read
 * @param queueTime of requests that were admitted
 * @param firstTokenTime from the request to its first token
 * @param promptTokensPerSecond in steps that read prompts
 * @param generatedTokensPerSecond of all requests together, in steps that generate
 * @param batchSize requests in a step, on average
 */
public record ServingStatistics(
    int queued,
    int running,
    int reading,
    Counts counts,
    Pages pages,
    Times queueTime,
    Times firstTokenTime,
    double promptTokensPerSecond,
    double generatedTokensPerSecond,
    double batchSize) {
  /**
   * Since the beginning.
   *
   * @param submitted requests taken
   * @param refused requests refused as there were too many
   * @param completed that ended by themselves
   * @param cancelled by somebody, or by the server's end
   * @param failed for any other reason, deadlines included
   * @param promptTokens computed
   * @param reusedTokens of prompts, not computed again
   * @param generatedTokens chosen, with those that end a text
   */
  public record Counts(
      long steps,
      long submitted,
      long refused,
      long completed,
      long cancelled,
      long failed,
      long promptTokens,
      long reusedTokens,
      long generatedTokens) {}

  /**
   * Pages of the key-value cache.
   *
   * @param used by running requests
   * @param kept for prompts to come; dropped when room is needed
   * @param free the rest of the budget
   */
  public record Pages(int used, int kept, int free) {
    public int budget() {
      return used + kept + free;
    }
  }

  /**
   * A distribution of times.
   *
   * @param buckets how many took less than 1 ms, 2 ms, 4 ms and so on, and not less than the one
   *     before; the last holds all longer ones
   */
  public record Times(long count, double totalSeconds, double maxSeconds, List<Long> buckets) {
    public Times {
      buckets = List.copyOf(buckets);
    }

    public double meanSeconds() {
      return count == 0 ? 0 : totalSeconds / count;
    }

    /** A time that this fraction did not exceed, at most twice too long; 0 if there are none. */
    public double quantileSeconds(double fraction) {
      long wanted = (long) Math.ceil(fraction * count);
      long seen = 0;
      for (int i = 0; i < buckets.size(); i++) {
        seen += buckets.get(i);
        if (seen >= wanted && seen > 0) {
          return Math.min(maxSeconds, (1L << i) / 1e3);
        }
      }
      return maxSeconds;
    }
  }
}
