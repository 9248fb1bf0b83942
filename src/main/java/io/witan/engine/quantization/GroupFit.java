package io.witan.engine.quantization;

/**
 * Finds scale (and minimum) of a group of numbers such that the squares of what rounding leaves are
 * small. Numbers far from zero weigh more: they meet what a model has most to say about.
 */
final class GroupFit {
  private static final int TRIES = 20;

  /** The scale that was found; may be negative without a minimum. */
  private float scale;

  /** What is subtracted: not negative. */
  private float minimum;

  private double best;

  float scale() {
    return scale;
  }

  float minimum() {
    return minimum;
  }

  /** Numbers as {@code scale · q − minimum}, q from 0 to {@code most}. */
  void fitWithMinimum(float[] numbers, int at, int count, int most) {
    float least = 0;
    float greatest = Float.NEGATIVE_INFINITY;
    for (int i = at; i < at + count; i++) {
      least = Math.min(least, numbers[i]);
      greatest = Math.max(greatest, numbers[i]);
    }
    scale = Math.max(0, (greatest - least) / most);
    minimum = -least;
    best = Double.POSITIVE_INFINITY;
    if (greatest <= least) {
      return;
    }
    float mean = rootMeanSquare(numbers, at, count);
    for (int i = 0; i <= TRIES; i++) {
      float inverse = (most + 0.1f * i - 1) / (greatest - least);
      tryWithMinimum(numbers, at, count, most, inverse, least, mean);
    }
  }

  /** Rounds by a guess, then takes the scale and minimum of least squares for these quants. */
  private void tryWithMinimum(
      float[] numbers, int at, int count, int most, float inverse, float least, float mean) {
    var quants = new int[count];
    double w = 0;
    double q = 0;
    double qq = 0;
    double x = 0;
    double qx = 0;
    for (int i = 0; i < count; i++) {
      float number = numbers[at + i];
      int quant = Math.clamp(Math.round((number - least) * inverse), 0, most);
      double weight = mean + Math.abs(number);
      quants[i] = quant;
      w += weight;
      q += weight * quant;
      qq += weight * quant * quant;
      x += weight * number;
      qx += weight * quant * number;
    }
    double determinant = w * qq - q * q;
    if (determinant <= 0) {
      return;
    }
    double slope = (w * qx - q * x) / determinant;
    double offset = (qq * x - q * qx) / determinant;
    if (offset > 0) {
      offset = 0;
      slope = qx / qq;
    }
    double error = 0;
    for (int i = 0; i < count; i++) {
      double rest = slope * quants[i] + offset - numbers[at + i];
      error += (mean + Math.abs(numbers[at + i])) * rest * rest;
    }
    if (error < best && slope > 0) {
      best = error;
      scale = (float) slope;
      minimum = (float) -offset;
    }
  }

  /** Numbers as {@code scale · q}, q from {@code -half} to {@code half − 1}. */
  void fit(float[] numbers, int at, int count, int half) {
    float farthest = 0;
    for (int i = at; i < at + count; i++) {
      if (Math.abs(numbers[i]) > Math.abs(farthest)) {
        farthest = numbers[i];
      }
    }
    scale = 0;
    minimum = 0;
    best = 0;
    if (farthest == 0) {
      return;
    }
    for (int i = -TRIES / 2; i <= TRIES / 2; i++) {
      trySymmetric(numbers, at, count, half, -(half + 0.1f * i) / farthest);
    }
  }

  /** With the best scale for given quants, the error falls by (Σwqx)² / Σwq². */
  private void trySymmetric(float[] numbers, int at, int count, int half, float inverse) {
    double qq = 0;
    double qx = 0;
    for (int i = at; i < at + count; i++) {
      int quant = Math.clamp(Math.round(numbers[i] * inverse), -half, half - 1);
      double weight = (double) numbers[i] * numbers[i];
      qq += weight * quant * quant;
      qx += weight * quant * numbers[i];
    }
    if (qq > 0 && qx * qx > best * qq) {
      best = qx * qx / qq;
      scale = (float) (qx / qq);
    }
  }

  private static float rootMeanSquare(float[] numbers, int at, int count) {
    double squares = 0;
    for (int i = at; i < at + count; i++) {
      squares += (double) numbers[i] * numbers[i];
    }
    return (float) Math.sqrt(squares / count);
  }
}
