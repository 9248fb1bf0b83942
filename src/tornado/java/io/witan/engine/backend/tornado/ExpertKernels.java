package io.witan.engine.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Choosing experts and running the chosen ones; the host never learns which they are. */
final class ExpertKernels {
  /** 2^-14: what the sum of the chosen probabilities is divided by at least. */
  static final float LEAST_SUM = 6.103515625e-5f;

  /** Something is added to the gate before it is bent. */
  static final int GATE_ADDED = 8;

  /** Something is added to what the bent gate is multiplied by. */
  static final int UP_ADDED = 16;

  private static final int KIND = 7;

  private ExpertKernels() {}

  /**
   * All lanes choose at once: an expert's place is the number of those before it. {@code shape}:
   * the logits' stride and offset, the routes', experts.
   */
  static void route(
      KernelContext context,
      IntArray step,
      IntArray shape,
      FloatArray logits,
      FloatArray routes,
      int rowsAt,
      int used,
      int renormalized,
      float scale) {
    float[] weights = context.allocateFloatLocalArray(ProductKernels.LANES);
    int lane = context.localIdx;
    int lanes = context.localGroupSizeX;
    int row = context.groupIdx;
    if (row < step.get(rowsAt)) {
      int at = row * shape.get(0) + shape.get(1);
      int to = row * shape.get(2) + shape.get(3);
      int experts = shape.get(4);
      float largest = logits.get(at);
      for (int i = 1; i < experts; i++) {
        largest = TornadoMath.max(largest, logits.get(at + i));
      }
      float sum = 0f;
      for (int i = 0; i < experts; i++) {
        sum += TornadoMath.exp(logits.get(at + i) - largest);
      }
      for (int expert = lane; expert < experts; expert += lanes) {
        float own = logits.get(at + expert);
        int place = 0;
        for (int i = 0; i < experts; i++) {
          float other = logits.get(at + i);
          if (other > own || (other == own && i < expert)) {
            place++;
          }
        }
        if (place < used) {
          weights[place] = TornadoMath.exp(own - largest) / sum;
          routes.set(to + place, expert);
        }
      }
      context.localBarrier();
      float divisor = 1f;
      if (renormalized == 1) {
        float chosen = 0f;
        for (int i = 0; i < used; i++) {
          chosen += weights[i];
        }
        divisor = TornadoMath.max(LEAST_SUM, chosen);
      }
      for (int i = lane; i < used; i += lanes) {
        routes.set(to + used + i, weights[i] * scale / divisor);
      }
    }
  }

  /**
   * activation(gate · in) · (up · in) of every chosen expert. {@code shape}: in's stride and
   * offset, the routes', columns, rows of a gate, experts used, words of a row of gate and of up.
   * {@code addends}: for all gates of 64 rows, then for their ups, where the kind says so.
   */
  static void hidden(
      KernelContext context,
      IntArray step,
      IntArray shape,
      FloatArray gateFloats,
      IntArray gateWords,
      FloatArray upFloats,
      IntArray upWords,
      FloatArray in,
      FloatArray routes,
      FloatArray addends,
      FloatArray out,
      int rowsAt,
      int gateFormat,
      int upFormat,
      int kind) {
    float[] gates = context.allocateFloatLocalArray(ProductKernels.LANES);
    float[] ups = context.allocateFloatLocalArray(ProductKernels.LANES);
    int lane = context.localIdx;
    int lanes = context.localGroupSizeX;
    int rows = shape.get(5);
    int used = shape.get(6);
    int group = context.groupIdx;
    int number = group % rows;
    int chosen = (group / rows) % used;
    int row = group / (rows * used);
    if (row < step.get(rowsAt)) {
      int expert = (int) routes.get(row * shape.get(2) + shape.get(3) + chosen);
      int at = row * shape.get(0) + shape.get(1);
      int matrixRow = expert * rows + number;
      gates[lane] =
          Numbers.dot(
              gateFormat,
              gateFloats,
              gateWords,
              matrixRow * shape.get(7),
              in,
              at,
              shape.get(4),
              lane,
              lanes);
      ups[lane] =
          Numbers.dot(
              upFormat,
              upFloats,
              upWords,
              matrixRow * shape.get(8),
              in,
              at,
              shape.get(4),
              lane,
              lanes);
      context.localBarrier();
      if (lane == 0) {
        float gate = 0f;
        float up = 0f;
        for (int i = 0; i < lanes; i++) {
          gate += gates[i];
          up += ups[i];
        }
        if ((kind & GATE_ADDED) != 0) {
          gate += addends.get(group);
        }
        if ((kind & UP_ADDED) != 0) {
          up += addends.get(Step.MAX_ROWS * used * rows + group);
        }
        out.set(group, RowKernels.bend(kind & KIND, gate) * up);
      }
    }
  }

  /**
   * The weighted sum of down · hidden, or what is there plus the amount times that sum. {@code
   * shape}: out's stride and offset, the routes', columns of down, its rows, experts used, words of
   * its row.
   */
  static void down(
      KernelContext context,
      IntArray step,
      IntArray shape,
      FloatArray floats,
      IntArray words,
      FloatArray hidden,
      FloatArray routes,
      FloatArray out,
      int rowsAt,
      int format,
      int added,
      float amount) {
    float[] sums = context.allocateFloatLocalArray(ProductKernels.LANES);
    int lane = context.localIdx;
    int lanes = context.localGroupSizeX;
    int columns = shape.get(4);
    int rows = shape.get(5);
    int used = shape.get(6);
    int row = context.groupIdx / rows;
    int number = context.groupIdx % rows;
    if (row < step.get(rowsAt)) {
      int chosen = row * shape.get(2) + shape.get(3);
      float sum = 0f;
      for (int i = 0; i < used; i++) {
        int expert = (int) routes.get(chosen + i);
        int base = (expert * rows + number) * shape.get(7);
        int at = (row * used + i) * columns;
        sum +=
            routes.get(chosen + used + i)
                * Numbers.dot(format, floats, words, base, hidden, at, columns, lane, lanes);
      }
      sums[lane] = sum;
      context.localBarrier();
      if (lane == 0) {
        float total = 0f;
        for (int i = 0; i < lanes; i++) {
          total += sums[i];
        }
        int to = row * shape.get(0) + shape.get(1) + number;
        out.set(to, added == 1 ? out.get(to) + amount * total : total);
      }
    }
  }
}
