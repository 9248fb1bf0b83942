package io.witan.engine.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Joins what the chosen experts say. */
final class DownKernels {
  /** Experts of a row at most, for {@link #together}. */
  static final int MOST_USED = 8;

  private DownKernels() {}

  /**
   * The weighted sum of down · hidden, or what is there plus the amount times that sum. {@code
   * shape}: out's stride and offset, the routes', columns of down, its rows, experts used, words of
   * its row.
   */
  static void each(
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

  /**
   * The same for up to four rows that follow each other: an expert that several of them chose is
   * read once for all. What each expert says is kept apart and added up in the row's own order, so
   * that a row's sum is the same alone and among others.
   */
  static void together(
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
    float[] parts =
        context.allocateFloatLocalArray(ProductKernels.ROWS * MOST_USED * ProductKernels.LANES);
    float[] sums = context.allocateFloatLocalArray(ProductKernels.ROWS * ProductKernels.LANES);
    float[] chosen = context.allocateFloatLocalArray(ProductKernels.ROWS * MOST_USED);
    int lane = context.localIdx;
    int lanes = context.localGroupSizeX;
    int columns = shape.get(4);
    int rows = shape.get(5);
    int used = shape.get(6);
    int first = (context.groupIdx / rows) * ProductKernels.ROWS;
    int number = context.groupIdx % rows;
    if (first < step.get(rowsAt)) {
      int count = TornadoMath.min(ProductKernels.ROWS, step.get(rowsAt) - first);
      int pairs = count * used;
      for (int pair = lane; pair < pairs; pair += lanes) {
        chosen[pair] =
            routes.get((first + pair / used) * shape.get(2) + shape.get(3) + pair % used);
      }
      context.localBarrier();
      for (int pair = 0; pair < pairs; pair++) {
        int expert = (int) chosen[pair];
        int earlier = 0;
        for (int other = 0; other < pair; other++) {
          if ((int) chosen[other] == expert) {
            earlier++;
          }
        }
        if (earlier == 0) {
          int found = 1;
          int pair1 = pair;
          int pair2 = pair;
          int pair3 = pair;
          for (int other = pair + 1; other < pairs; other++) {
            if ((int) chosen[other] == expert) {
              if (found == 1) {
                pair1 = other;
              }
              if (found == 2) {
                pair2 = other;
              }
              if (found == 3) {
                pair3 = other;
              }
              found++;
            }
          }
          int base = (expert * rows + number) * shape.get(7);
          int at0 = (first * used + pair) * columns;
          int at1 = (first * used + pair1) * columns;
          int at2 = (first * used + pair2) * columns;
          int at3 = (first * used + pair3) * columns;
          float sum0 = 0f;
          float sum1 = 0f;
          float sum2 = 0f;
          float sum3 = 0f;
          for (int group = lane; group * Numbers.GROUP < columns; group += lanes) {
            float quants0 = 0f;
            float quants1 = 0f;
            float quants2 = 0f;
            float quants3 = 0f;
            float plain0 = 0f;
            float plain1 = 0f;
            float plain2 = 0f;
            float plain3 = 0f;
            int end = TornadoMath.min(columns, group * Numbers.GROUP + Numbers.GROUP);
            for (int i = group * Numbers.GROUP; i < end; i++) {
              float quant = Numbers.quant(format, floats, words, base, i);
              float x0 = hidden.get(at0 + i);
              quants0 += quant * x0;
              plain0 += x0;
              if (found > 1) {
                float x1 = hidden.get(at1 + i);
                float x2 = hidden.get(at2 + i);
                float x3 = hidden.get(at3 + i);
                quants1 += quant * x1;
                quants2 += quant * x2;
                quants3 += quant * x3;
                plain1 += x1;
                plain2 += x2;
                plain3 += x3;
              }
            }
            float scale = Numbers.scale(format, words, base, group);
            sum0 += scale * quants0;
            sum1 += scale * quants1;
            sum2 += scale * quants2;
            sum3 += scale * quants3;
            if (Numbers.hasMinimum(format)) {
              float minimum = Numbers.minimum(format, words, base, group);
              sum0 -= minimum * plain0;
              sum1 -= minimum * plain1;
              sum2 -= minimum * plain2;
              sum3 -= minimum * plain3;
            }
          }
          // the first one last: a pair that was not found is the first one again
          parts[pair3 * ProductKernels.LANES + lane] = sum3;
          parts[pair2 * ProductKernels.LANES + lane] = sum2;
          parts[pair1 * ProductKernels.LANES + lane] = sum1;
          parts[pair * ProductKernels.LANES + lane] = sum0;
        }
      }
      for (int row = 0; row < count; row++) {
        int weights = (first + row) * shape.get(2) + shape.get(3) + used;
        float sum = 0f;
        for (int i = 0; i < used; i++) {
          sum += routes.get(weights + i) * parts[(row * used + i) * ProductKernels.LANES + lane];
        }
        sums[row * ProductKernels.LANES + lane] = sum;
      }
      context.localBarrier();
      if (lane < count) {
        float total = 0f;
        for (int i = 0; i < lanes; i++) {
          total += sums[lane * ProductKernels.LANES + i];
        }
        int to = (first + lane) * shape.get(0) + shape.get(1) + number;
        out.set(to, added == 1 ? out.get(to) + amount * total : total);
      }
    }
  }
}
