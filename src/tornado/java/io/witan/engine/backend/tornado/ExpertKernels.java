package io.witan.engine.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Choosing experts; the host never learns which they are. */
final class ExpertKernels {
  /** 2^-14: what the sum of the chosen probabilities is divided by at least. */
  static final float LEAST_SUM = 6.103515625e-5f;

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
}
