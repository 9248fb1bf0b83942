package io.witan.engine.serving;

/**
 * What rows of prompts cost in a step, as a straight line through the last steps: a part that does
 * not depend on how many rows there are, for all weights are unpacked once, and a part for each
 * row. The unpacking of a mixture's experts may take as long as a hundred rows.
 */
final class PromptCost {
  private static final double FADING = 0.9;

  /** Less spread among the numbers of rows, as a share of their mean, says nothing of the line. */
  private static final double LEAST_SPREAD = 0.1;

  private double weight;
  private double rows;
  private double seconds;
  private double rowsTimesRows;
  private double rowsTimesSeconds;
  private double overheadRows;

  /** A step of so many rows took so long. */
  void add(int stepRows, double stepSeconds) {
    weight = FADING * weight + 1;
    rows = FADING * rows + stepRows;
    seconds = FADING * seconds + stepSeconds;
    rowsTimesRows = FADING * rowsTimesRows + (double) stepRows * stepRows;
    rowsTimesSeconds = FADING * rowsTimesSeconds + stepRows * stepSeconds;
    double mean = rows / weight;
    double variance = rowsTimesRows / weight - mean * mean;
    double slope = (rowsTimesSeconds / weight - mean * seconds / weight) / variance;
    if (variance > LEAST_SPREAD * LEAST_SPREAD * mean * mean && slope > 0) {
      overheadRows = Math.max(0, seconds / weight / slope - mean);
    } else {
      overheadRows *= FADING; // so that the next steps have other numbers of rows
    }
  }

  boolean isKnown() {
    return weight > 0;
  }

  /** How many rows take as long as what a step takes beside its rows. */
  double overheadRows() {
    return overheadRows;
  }

  /** What each further row takes. */
  double secondsOfRow() {
    return seconds / (rows + weight * overheadRows);
  }

  /**
   * Rows of a step that takes no longer than this, but never so few that it takes longer for the
   * weights than for the rows: smaller steps would make reading slower for all, and hardly any step
   * shorter.
   */
  double rowsWithin(double target) {
    return Math.max(target / secondsOfRow() - overheadRows, overheadRows);
  }
}
