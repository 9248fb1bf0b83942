package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Lanes.COUNT;
import static io.witan.engine.backend.cpu.Lanes.FLOATS;

import io.witan.engine.graph.Activation;
import io.witan.engine.graph.NormKind;
import io.witan.engine.graph.Rope;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/** The operations on one row of activations, with vectors. */
final class RowMath {
  private static final float GELU_CUBE = 0.044715f;
  private static final float GELU_SCALE = (float) (2 * Math.sqrt(2 / Math.PI));

  private RowMath() {}

  /** Normalises one group of numbers from {@code at} to {@code to}. */
  static void normalize(
      NormKind kind,
      float[] from,
      int at,
      float[] out,
      int to,
      float[] weight,
      float @Nullable [] bias,
      float epsilon) {
    int count = weight.length;
    float mean = kind == NormKind.LAYER ? sum(from, at, count) / count : 0;
    float variance = squares(from, at, count, mean) / count;
    float factor = (float) (1 / Math.sqrt((double) variance + epsilon));
    int i = 0;
    for (; i + COUNT <= count; i += COUNT) {
      var x = FloatVector.fromArray(FLOATS, from, at + i).sub(mean).mul(factor);
      x = x.mul(FloatVector.fromArray(FLOATS, weight, i));
      (bias == null ? x : x.add(FloatVector.fromArray(FLOATS, bias, i))).intoArray(out, to + i);
    }
    for (; i < count; i++) {
      float x = (from[at + i] - mean) * factor * weight[i];
      out[to + i] = bias == null ? x : x + bias[i];
    }
  }

  /** Adds numbers times a factor to others. */
  static void add(float[] from, int at, float factor, float[] to, int start, int count) {
    int i = 0;
    for (; i + COUNT <= count; i += COUNT) {
      FloatVector.fromArray(FLOATS, from, at + i)
          .mul(factor)
          .add(FloatVector.fromArray(FLOATS, to, start + i))
          .intoArray(to, start + i);
    }
    for (; i < count; i++) {
      to[start + i] += factor * from[at + i];
    }
  }

  private static float sum(float[] a, int at, int count) {
    var sum = FloatVector.zero(FLOATS);
    int i = 0;
    for (; i + COUNT <= count; i += COUNT) {
      sum = sum.add(FloatVector.fromArray(FLOATS, a, at + i));
    }
    float rest = 0;
    for (; i < count; i++) {
      rest += a[at + i];
    }
    return Lanes.sum(sum, new float[COUNT]) + rest;
  }

  private static float squares(float[] a, int at, int count, float mean) {
    var sum = FloatVector.zero(FLOATS);
    int i = 0;
    for (; i + COUNT <= count; i += COUNT) {
      var x = FloatVector.fromArray(FLOATS, a, at + i).sub(mean);
      sum = x.fma(x, sum);
    }
    float rest = 0;
    for (; i < count; i++) {
      float x = a[at + i] - mean;
      rest = Math.fma(x, x, rest);
    }
    return Lanes.sum(sum, new float[COUNT]) + rest;
  }

  /** out = activation(gate) · up; without {@code up}, activation(gate). */
  static void activate(
      Activation activation,
      float[] gate,
      int gateAt,
      float @Nullable [] up,
      int upAt,
      float[] out,
      int to,
      int count) {
    for (int i = 0; i < count; i += COUNT) {
      var mask = FLOATS.indexInRange(i, count);
      boolean whole = i + COUNT <= count;
      var x =
          whole
              ? FloatVector.fromArray(FLOATS, gate, gateAt + i)
              : FloatVector.fromArray(FLOATS, gate, gateAt + i, mask);
      var y = activation == Activation.SILU ? silu(x) : gelu(x);
      if (up != null) {
        y =
            y.mul(
                whole
                    ? FloatVector.fromArray(FLOATS, up, upAt + i)
                    : FloatVector.fromArray(FLOATS, up, upAt + i, mask));
      }
      if (whole) {
        y.intoArray(out, to + i);
      } else {
        y.intoArray(out, to + i, mask);
      }
    }
  }

  private static FloatVector silu(FloatVector x) {
    return x.div(Lanes.exp(x.neg()).add(1f));
  }

  /** x · sigmoid(2u) is the tanh form of GELU with u = √(2/π) · (x + 0.044715 x³). */
  private static FloatVector gelu(FloatVector x) {
    var inner = x.mul(x).mul(GELU_CUBE).add(1f).mul(x).mul(-GELU_SCALE);
    return x.div(Lanes.exp(inner).add(1f));
  }

  /** Turns one head by the angles whose cosines and sines lie at {@code table}. */
  static void rotate(Rope rope, float[] heads, int at, float[] cosines, float[] sines, int table) {
    int pairs = rope.dimensions() / 2;
    if (rope.pairing() == Rope.Pairing.HALVES) {
      for (int i = 0; i < pairs; i++) {
        float x = heads[at + i];
        float y = heads[at + pairs + i];
        heads[at + i] = x * cosines[table + i] - y * sines[table + i];
        heads[at + pairs + i] = x * sines[table + i] + y * cosines[table + i];
      }
    } else {
      for (int i = 0; i < pairs; i++) {
        float x = heads[at + 2 * i];
        float y = heads[at + 2 * i + 1];
        heads[at + 2 * i] = x * cosines[table + i] - y * sines[table + i];
        heads[at + 2 * i + 1] = x * sines[table + i] + y * cosines[table + i];
      }
    }
  }

  /** Replaces scores by e^(score − max) and gives their sum; {@code padded} fills whole vectors. */
  static float exponentials(float[] scores, int at, int count, int padded) {
    float most = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      most = Math.max(most, scores[at + i]);
    }
    for (int i = 0; i < padded; i += COUNT) {
      Lanes.exp(FloatVector.fromArray(FLOATS, scores, at + i).sub(most)).intoArray(scores, at + i);
    }
    for (int i = count; i < padded; i++) {
      scores[at + i] = 0;
    }
    var sum = FloatVector.zero(FLOATS);
    for (int i = 0; i < padded; i += COUNT) {
      sum = sum.add(FloatVector.fromArray(FLOATS, scores, at + i));
    }
    return Lanes.sum(sum, new float[COUNT]);
  }
}
