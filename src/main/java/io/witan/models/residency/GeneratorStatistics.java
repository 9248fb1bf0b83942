package io.witan.models.residency;

import io.swagger.v3.oas.annotations.media.Schema;
import io.witan.engine.serving.ServingStatistics;

/**
 * What the active model does now and has done since it was loaded; zeros if there is none. Rates
 * are of the last steps.
 *
 * @param model its name; empty if none is active
 * @param reading of the running requests, those whose prompt is not yet read
 * @param pages that hold keys and values: of running requests, kept to be reused, and in all; none
 *     where the model runs on another machine
 * @param batchSize requests in a step, on average
 * @param generatedTokensPerSecond of all requests together; of one, where the model runs on another
 *     machine
 */
@Schema(name = "GeneratorStatistics")
public record GeneratorStatistics(
    String model,
    int queued,
    int running,
    int reading,
    Requests requests,
    Tokens tokens,
    Pages pages,
    Times queueTime,
    Times firstTokenTime,
    double batchSize,
    double promptTokensPerSecond,
    double generatedTokensPerSecond) {

  /** Requests by how they went; refused are those that found too many waiting. */
  @Schema(name = "GeneratorRequests")
  public record Requests(
      long submitted, long refused, long completed, long cancelled, long failed) {}

  /** Tokens of prompts that were computed and that were reused, and tokens that were written. */
  @Schema(name = "GeneratorTokens")
  public record Tokens(long prompt, long reused, long generated) {}

  /** Pages of the cache. */
  @Schema(name = "GeneratorPages")
  public record Pages(int used, int kept, int all) {}

  /** Milliseconds; the 95th percentile is at most twice too long. */
  @Schema(name = "GeneratorTimes")
  public record Times(long count, double meanMillis, double p95Millis) {
    static Times of(ServingStatistics.Times times) {
      return new Times(times.count(), times.meanSeconds() * 1e3, times.quantileSeconds(0.95) * 1e3);
    }
  }

  static GeneratorStatistics none() {
    var never = new Times(0, 0, 0);
    return new GeneratorStatistics(
        "",
        0,
        0,
        0,
        new Requests(0, 0, 0, 0, 0),
        new Tokens(0, 0, 0),
        new Pages(0, 0, 0),
        never,
        never,
        0,
        0,
        0);
  }

  static GeneratorStatistics of(String model, ServingStatistics now) {
    var counts = now.counts();
    return new GeneratorStatistics(
        model,
        now.queued(),
        now.running(),
        now.reading(),
        new Requests(
            counts.submitted(),
            counts.refused(),
            counts.completed(),
            counts.cancelled(),
            counts.failed()),
        new Tokens(counts.promptTokens(), counts.reusedTokens(), counts.generatedTokens()),
        new Pages(now.pages().used(), now.pages().kept(), now.pages().budget()),
        Times.of(now.queueTime()),
        Times.of(now.firstTokenTime()),
        now.batchSize(),
        now.promptTokensPerSecond(),
        now.generatedTokensPerSecond());
  }
}
