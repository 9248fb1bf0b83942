package io.witan.evaluation;

/** Fits a logistic regression of few features by Newton's method. */
final class LogisticRegression {
  private static final int STEPS = 50;
  private static final double RIDGE = 1e-3;

  private LogisticRegression() {}

  /**
   * The weights that make the labels likeliest, a little shrunk so that separable data has some.
   *
   * @param features [examples, features]
   * @param importance of each example
   * @return [1 + features], the bias first
   */
  static double[] fit(double[][] features, boolean[] labels, double[] importance) {
    int size = features[0].length + 1;
    double[] weights = new double[size];
    for (int step = 0; step < STEPS; step++) {
      double[] gradient = new double[size];
      double[][] curvature = new double[size][size];
      for (int i = 0; i < size; i++) {
        gradient[i] = i == 0 ? 0 : -RIDGE * weights[i];
        curvature[i][i] = RIDGE;
      }
      for (int example = 0; example < features.length; example++) {
        double[] x = withBias(features[example]);
        double p = probability(weights, features[example]);
        double error = importance[example] * ((labels[example] ? 1 : 0) - p);
        double slope = importance[example] * p * (1 - p);
        for (int i = 0; i < size; i++) {
          gradient[i] += error * x[i];
          for (int j = 0; j < size; j++) {
            curvature[i][j] += slope * x[i] * x[j];
          }
        }
      }
      double[] change = solve(curvature, gradient);
      for (int i = 0; i < size; i++) {
        weights[i] += change[i];
      }
    }
    return weights;
  }

  static double probability(double[] weights, double[] features) {
    double odds = weights[0];
    for (int i = 0; i < features.length; i++) {
      odds += weights[i + 1] * features[i];
    }
    return 1 / (1 + Math.exp(-odds));
  }

  private static double[] withBias(double[] features) {
    double[] x = new double[features.length + 1];
    x[0] = 1;
    System.arraycopy(features, 0, x, 1, features.length);
    return x;
  }

  /** Gaussian elimination; both arguments are overwritten. The matrix is positive definite. */
  private static double[] solve(double[][] matrix, double[] right) {
    int size = right.length;
    for (int pivot = 0; pivot < size; pivot++) {
      for (int row = pivot + 1; row < size; row++) {
        double factor = matrix[row][pivot] / matrix[pivot][pivot];
        for (int column = pivot; column < size; column++) {
          matrix[row][column] -= factor * matrix[pivot][column];
        }
        right[row] -= factor * right[pivot];
      }
    }
    double[] solution = new double[size];
    for (int row = size - 1; row >= 0; row--) {
      double sum = right[row];
      for (int column = row + 1; column < size; column++) {
        sum -= matrix[row][column] * solution[column];
      }
      solution[row] = sum / matrix[row][row];
    }
    return solution;
  }
}
