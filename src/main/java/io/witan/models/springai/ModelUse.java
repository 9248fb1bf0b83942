package io.witan.models.springai;

import io.witan.engine.serving.ServingStatistics;
import io.witan.engine.serving.ServingStatistics.Counts;
import io.witan.engine.serving.ServingStatistics.Pages;
import io.witan.engine.serving.TimeHistogram;
import io.witan.models.generation.GenerationEnd;
import io.witan.models.generation.GenerationEnd.Reason;
import io.witan.models.generation.GeneratorGone;

/**
 * Counts what a model that does not run here is asked, in the same terms as one that does: without
 * steps, cache and reuse, of which nothing is known. Rates are those of one request, the way to the
 * model and back included.
 */
final class ModelUse {
  /** Answers that rates are made of. */
  private static final int ANSWERS = 64;

  private final TimeHistogram queueTime = new TimeHistogram();
  private final TimeHistogram firstTokenTime = new TimeHistogram();
  private final long[] read = new long[ANSWERS];
  private final long[] written = new long[ANSWERS];
  private final double[] readingSeconds = new double[ANSWERS];
  private final double[] writingSeconds = new double[ANSWERS];
  private int answers;
  private long submitted;
  private long refused;
  private long completed;
  private long cancelled;
  private long failed;
  private long promptTokens;
  private long generatedTokens;

  synchronized void submitted() {
    submitted++;
  }

  synchronized void refused() {
    refused++;
  }

  /**
   * @param wasSent whether the model was asked; else nothing was read and nothing written
   */
  synchronized void ended(GenerationEnd end, boolean wasSent) {
    switch (end.reason()) {
      case STOP, LENGTH -> completed++;
      case CANCELLED -> cancelled++;
      case DEADLINE -> failed++;
      case FAILED -> count(end);
    }
    if (!wasSent) {
      return;
    }
    queueTime.add(end.queued().toNanos());
    var firstToken = end.firstToken();
    if (firstToken == null) {
      return;
    }
    firstTokenTime.add(firstToken.toNanos());
    promptTokens += end.promptTokens();
    generatedTokens += end.generatedTokens();
    if (end.reason() == Reason.STOP || end.reason() == Reason.LENGTH) {
      int at = answers++ % ANSWERS;
      read[at] = end.promptTokens();
      written[at] = end.generatedTokens();
      readingSeconds[at] = firstToken.minus(end.queued()).toNanos() / 1e9;
      writingSeconds[at] = end.total().minus(firstToken).toNanos() / 1e9;
    }
  }

  private void count(GenerationEnd end) {
    if (end.failure() instanceof GeneratorGone) {
      cancelled++;
    } else {
      failed++;
    }
  }

  /**
   * @param reading of the running requests, those whose first token has not come
   */
  synchronized ServingStatistics statistics(int queued, int running, int reading) {
    return new ServingStatistics(
        queued,
        running,
        reading,
        new Counts(
            0, submitted, refused, completed, cancelled, failed, promptTokens, 0, generatedTokens),
        new Pages(0, 0, 0),
        queueTime.snapshot(),
        firstTokenTime.snapshot(),
        rate(read, readingSeconds),
        rate(written, writingSeconds),
        0);
  }

  private static double rate(long[] tokens, double[] seconds) {
    long all = 0;
    double time = 0;
    for (int i = 0; i < tokens.length; i++) {
      all += tokens[i];
      time += seconds[i];
    }
    return time == 0 ? 0 : all / time;
  }
}
