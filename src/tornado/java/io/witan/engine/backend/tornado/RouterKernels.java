package io.witan.engine.backend.tornado;

import static io.witan.engine.backend.tornado.ProductKernels.CENTRED;
import static io.witan.engine.backend.tornado.ProductKernels.NORMED;
import static io.witan.engine.backend.tornado.ProductKernels.SHIFTED;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A norm, a router and its choice of experts in one launch. */
final class RouterKernels {
  /** Experts at most: their logits lie in local memory. */
  static final int EXPERTS = 256;

  /** The chosen probabilities are divided by their sum. */
  static final int RENORMALIZED = 64;

  private RouterKernels() {}

  /**
   * One row per group; the normalised row is kept for the experts. {@code shape}: in's stride and
   * offset, the normalised row's, the routes', columns, experts, words of a row of the router,
   * experts used.
   */
  static void normAndRoute(
      KernelContext context,
      IntArray step,
      IntArray shape,
      FloatArray floats,
      IntArray words,
      FloatArray in,
      FloatArray gains,
      FloatArray shifts,
      FloatArray normed,
      FloatArray routes,
      int rowsAt,
      int format,
      int flags,
      float epsilon,
      float scale) {
    float[] sums = context.allocateFloatLocalArray(ProductKernels.LANES);
    float[] logits = context.allocateFloatLocalArray(EXPERTS);
    float[] weights = context.allocateFloatLocalArray(ProductKernels.LANES);
    int lane = context.localIdx;
    int lanes = context.localGroupSizeX;
    int row = context.groupIdx;
    if (row < step.get(rowsAt)) {
      int at = row * shape.get(0) + shape.get(1);
      int columns = shape.get(6);
      float mean = 0f;
      float factor = 1f;
      if ((flags & NORMED) != 0) {
        if ((flags & CENTRED) != 0) {
          float own = 0f;
          for (int i = lane; i < columns; i += lanes) {
            own += in.get(at + i);
          }
          sums[lane] = own;
          context.localBarrier();
          float all = 0f;
          for (int i = 0; i < lanes; i++) {
            all += sums[i];
          }
          mean = all / columns;
          context.localBarrier();
        }
        float squares = 0f;
        for (int i = lane; i < columns; i += lanes) {
          float distance = in.get(at + i) - mean;
          squares += distance * distance;
        }
        sums[lane] = squares;
        context.localBarrier();
        float all = 0f;
        for (int i = 0; i < lanes; i++) {
          all += sums[i];
        }
        factor = 1f / TornadoMath.sqrt(all / columns + epsilon);
        context.localBarrier();
      }
      int kept = row * shape.get(2) + shape.get(3);
      for (int i = lane; i < columns; i += lanes) {
        float number = (in.get(at + i) - mean) * factor * gains.get(i);
        if ((flags & SHIFTED) != 0) {
          number += shifts.get(i);
        }
        normed.set(kept + i, number);
      }
      int experts = shape.get(7);
      for (int expert = 0; expert < experts; expert++) {
        sums[lane] =
            Numbers.dot(
                format,
                floats,
                words,
                expert * shape.get(8),
                in,
                at,
                columns,
                lane,
                lanes,
                flags,
                gains,
                shifts,
                mean,
                factor);
        context.localBarrier();
        if (lane == 0) {
          float sum = 0f;
          for (int i = 0; i < lanes; i++) {
            sum += sums[i];
          }
          logits[expert] = sum;
        }
        context.localBarrier();
      }
      float largest = logits[0];
      for (int i = 1; i < experts; i++) {
        largest = TornadoMath.max(largest, logits[i]);
      }
      float sum = 0f;
      for (int i = 0; i < experts; i++) {
        sum += TornadoMath.exp(logits[i] - largest);
      }
      int to = row * shape.get(4) + shape.get(5);
      int used = shape.get(9);
      for (int expert = lane; expert < experts; expert += lanes) {
        float own = logits[expert];
        int place = 0;
        for (int i = 0; i < experts; i++) {
          float other = logits[i];
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
      if ((flags & RENORMALIZED) != 0) {
        float chosen = 0f;
        for (int i = 0; i < used; i++) {
          chosen += weights[i];
        }
        divisor = TornadoMath.max(ExpertKernels.LEAST_SUM, chosen);
      }
      for (int i = lane; i < used; i += lanes) {
        routes.set(to + used + i, weights[i] * scale / divisor);
      }
    }
  }
}
