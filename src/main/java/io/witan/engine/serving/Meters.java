package io.witan.engine.serving;

import io.witan.engine.serving.ServingStatistics.Counts;
import java.time.Duration;

/** Counts what a server does. Its caller holds the server's lock. */
final class Meters {
  static final int STEPS = 64;

  private static final double SMOOTHING = 0.2;
  private static final int FEWEST_ROWS = 16;
  private static final int ROWS_OF_A_PANEL = 8;
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

  final TimeHistogram queueTime = new TimeHistogram();
  final TimeHistogram firstTokenTime = new TimeHistogram();
  long submitted;
  long refused;
  private final int[] promptRows = new int[STEPS];
  private final int[] generatedRows = new int[STEPS];
  private final int[] batchSizes = new int[STEPS];
  private final double[] seconds = new double[STEPS];
  private long steps;
  private long completed;
  private long cancelled;
  private long failed;
  private long promptTokens;
  private long reusedTokens;
  private long generatedTokens;
  private double secondsOfPromptRow;
  private double secondsOfGeneration;
  private double secondsOfPlace;

  /** A step of so many requests has run. */
  void step(int prompt, int generated, int batchSize, long nanos) {
    int at = (int) (steps++ % STEPS);
    promptRows[at] = prompt;
    generatedRows[at] = generated;
    batchSizes[at] = batchSize;
    seconds[at] = nanos / 1e9;
    promptTokens += prompt;
    if (prompt == 0) {
      secondsOfGeneration = smooth(secondsOfGeneration, seconds[at]);
    } else {
      double reading = seconds[at] - (generated > 0 ? secondsOfGeneration : 0);
      secondsOfPromptRow = smooth(secondsOfPromptRow, Math.max(reading, seconds[at] / 8) / prompt);
    }
  }

  void reused(int tokens) {
    reusedTokens += tokens;
  }

  void generated() {
    generatedTokens++;
  }

  /**
   * A request has ended.
   *
   * @param nanos since it was admitted
   * @param beside how many ran with it, itself included
   */
  void ended(EndReason reason, long nanos, int beside) {
    switch (reason) {
      case STOP, LENGTH -> completed++;
      case CANCELLED, CLOSED -> cancelled++;
      case DEADLINE, LISTENER, FAILED -> failed++;
    }
    if (beside > 0) {
      secondsOfPlace = smooth(secondsOfPlace, nanos / 1e9 / beside);
    }
  }

  private static double smooth(double before, double now) {
    return before == 0 ? now : before + SMOOTHING * (now - before);
  }

  /** Prompt rows that a step beside generation may have to end in time, as far as is known. */
  int promptRowsWithin(Duration target, int most) {
    if (secondsOfPromptRow == 0) {
      return Math.min(most, FEWEST_ROWS);
    }
    double room = target.toNanos() / 1e9 - secondsOfGeneration;
    double rows = Math.clamp(room / secondsOfPromptRow, Math.min(FEWEST_ROWS, most), most);
    int whole = (int) rows / ROWS_OF_A_PANEL * ROWS_OF_A_PANEL;
    return whole == 0 ? (int) rows : whole;
  }

  /** When the next of so many waiting owners has a place, from how fast requests ended lately. */
  Duration retryAfter(int owners) {
    long seconds = (long) Math.ceil(Math.max(1, secondsOfPlace * owners));
    var estimate = Duration.ofSeconds(seconds);
    return estimate.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : estimate;
  }

  Counts counts() {
    return new Counts(
        steps,
        submitted,
        refused,
        completed,
        cancelled,
        failed,
        promptTokens,
        reusedTokens,
        generatedTokens);
  }

  double promptTokensPerSecond() {
    return rate(promptRows);
  }

  double generatedTokensPerSecond() {
    return rate(generatedRows);
  }

  private double rate(int[] rows) {
    double time = 0;
    long all = 0;
    for (int i = 0; i < STEPS; i++) {
      if (rows[i] > 0) {
        all += rows[i];
        time += seconds[i];
      }
    }
    return time == 0 ? 0 : all / time;
  }

  double batchSize() {
    long all = 0;
    for (int size : batchSizes) {
      all += size;
    }
    return steps == 0 ? 0 : (double) all / Math.min(steps, STEPS);
  }
}
