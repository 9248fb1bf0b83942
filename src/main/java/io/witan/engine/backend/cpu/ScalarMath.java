package io.witan.engine.backend.cpu;

import io.witan.engine.graph.Activation;
import io.witan.engine.graph.NormKind;
import io.witan.engine.graph.Operation.Route;
import io.witan.engine.graph.Rope;
import org.jspecify.annotations.Nullable;

/** The formulas of the operations, in double. */
final class ScalarMath {
  /** Routes whose probabilities sum to less are not divided by less: 2^-14, as in llama.cpp. */
  static final double LEAST_ROUTE_SUM = 6.103515625e-5;

  private ScalarMath() {}

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  static double activate(Activation activation, double x) {
    return switch (activation) {
      case SILU -> x * sigmoid(x);
      case GELU -> 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * x * (1 + 0.044715 * x * x)));
    };
  }

  /** activation(gate) · up, or activation(gate) without {@code up}. */
  static float[] activate(Activation activation, float[] gate, float @Nullable [] up) {
    var out = new float[gate.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (activate(activation, gate[i]) * (up == null ? 1 : up[i]));
    }
    return out;
  }

  /** Normalises groups as wide as {@code weight}, in place. */
  static void normalize(
      NormKind kind, float[] values, float[] weight, float @Nullable [] bias, float epsilon) {
    int size = weight.length;
    for (int from = 0; from < values.length; from += size) {
      double mean = 0;
      if (kind == NormKind.LAYER) {
        for (int i = 0; i < size; i++) {
          mean += values[from + i];
        }
        mean /= size;
      }
      double squares = 0;
      for (int i = 0; i < size; i++) {
        squares += (values[from + i] - mean) * (values[from + i] - mean);
      }
      double factor = 1 / Math.sqrt(squares / size + epsilon);
      for (int i = 0; i < size; i++) {
        double normal = (values[from + i] - mean) * factor * weight[i];
        values[from + i] = (float) (normal + (bias == null ? 0 : bias[i]));
      }
    }
  }

  /** Turns the head that starts at {@code at}. */
  static void rotate(Rope rope, float[] heads, int at, double[] angles, int position) {
    for (int i = 0; i < angles.length; i++) {
      double cos = Math.cos(position * angles[i]) * rope.magnitude();
      double sin = Math.sin(position * angles[i]) * rope.magnitude();
      int first = at + (rope.pairing() == Rope.Pairing.ADJACENT ? 2 * i : i);
      int second = first + (rope.pairing() == Rope.Pairing.ADJACENT ? 1 : angles.length);
      double x = heads[first];
      double y = heads[second];
      heads[first] = (float) (x * cos - y * sin);
      heads[second] = (float) (x * sin + y * cos);
    }
  }

  static void softmax(double[] scores) {
    double max = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      max = Math.max(max, score);
    }
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Math.exp(scores[i] - max);
      sum += scores[i];
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] /= sum;
    }
  }

  /** The chosen experts' numbers, then their weights. */
  static float[] route(Route route, float[] logits) {
    int used = route.used();
    var routes = new float[2 * used];
    var probabilities = new double[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = logits[i];
    }
    softmax(probabilities);
    var taken = new boolean[logits.length];
    double sum = 0;
    for (int i = 0; i < used; i++) {
      int best = -1;
      for (int expert = 0; expert < logits.length; expert++) {
        if (!taken[expert] && (best < 0 || probabilities[expert] > probabilities[best])) {
          best = expert;
        }
      }
      taken[best] = true;
      routes[i] = best;
      routes[used + i] = (float) probabilities[best];
      sum += probabilities[best];
    }
    double factor = route.scale() / (route.renormalize() ? Math.max(sum, LEAST_ROUTE_SUM) : 1);
    for (int i = 0; i < used; i++) {
      routes[used + i] *= (float) factor;
    }
    return routes;
  }
}
