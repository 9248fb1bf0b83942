package io.witan.engine.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Kernels whose groups each sum up: norms and matrix products. Every kernel adds up its local array
 * itself: TornadoVM reads a local array that was passed to a method four numbers too far, as if it
 * had an object's header.
 */
final class ProductKernels {
  /** Lanes of a group at most. */
  static final int LANES = 64;

  /** Rows that a group multiplies at once, so that it reads and unpacks each weight once. */
  static final int ROWS = 4;

  /** A bias is added to the product. */
  static final int BIASED = 1;

  /** What is multiplied is normalised first: by each group for itself, which saves a launch. */
  static final int NORMED = 2;

  /** The norm takes the mean away. */
  static final int CENTRED = 4;

  /** The norm has a bias. */
  static final int SHIFTED = 8;

  /** The product is limited to the amount. */
  static final int CLAMPED = 16;

  /** The product times the amount is added to what is there. */
  static final int ADDED = 32;

  private ProductKernels() {}

  /** {@code shape}: in's stride and offset, out's, the size of a group, groups of a row. */
  static void norm(
      KernelContext context,
      IntArray step,
      IntArray shape,
      FloatArray in,
      FloatArray weight,
      FloatArray bias,
      FloatArray out,
      int rowsAt,
      int centred,
      int biased,
      float epsilon) {
    float[] sums = context.allocateFloatLocalArray(LANES);
    int lane = context.localIdx;
    int lanes = context.localGroupSizeX;
    int size = shape.get(4);
    int row = context.groupIdx / shape.get(5);
    int first = (context.groupIdx % shape.get(5)) * size;
    if (row < step.get(rowsAt)) {
      int from = row * shape.get(0) + shape.get(1) + first;
      int to = row * shape.get(2) + shape.get(3) + first;
      float mean = 0f;
      if (centred == 1) {
        float sum = 0f;
        for (int i = lane; i < size; i += lanes) {
          sum += in.get(from + i);
        }
        sums[lane] = sum;
        context.localBarrier();
        float all = 0f;
        for (int i = 0; i < lanes; i++) {
          all += sums[i];
        }
        mean = all / size;
        context.localBarrier();
      }
      float squares = 0f;
      for (int i = lane; i < size; i += lanes) {
        float distance = in.get(from + i) - mean;
        squares += distance * distance;
      }
      sums[lane] = squares;
      context.localBarrier();
      float allSquares = 0f;
      for (int i = 0; i < lanes; i++) {
        allSquares += sums[i];
      }
      float factor = 1f / TornadoMath.sqrt(allSquares / size + epsilon);
      for (int i = lane; i < size; i += lanes) {
        float number = (in.get(from + i) - mean) * factor * weight.get(i);
        if (biased == 1) {
          number += bias.get(i);
        }
        out.set(to + i, number);
      }
    }
  }

  /**
   * One number of the product per group, for up to four rows. Each row's sum is added up in the
   * same order however many there are; a row that is missing is multiplied as the last one again.
   * {@code shape}: in's stride and offset, out's, columns, rows of the matrix, words of a row.
   */
  static void multiply(
      KernelContext context,
      IntArray step,
      IntArray shape,
      FloatArray floats,
      IntArray words,
      FloatArray bias,
      FloatArray in,
      FloatArray gains,
      FloatArray shifts,
      FloatArray out,
      int rowsAt,
      int format,
      int flags,
      float epsilon,
      float amount) {
    float[] sums = context.allocateFloatLocalArray(ROWS * LANES);
    float[] means = context.allocateFloatLocalArray(ROWS);
    float[] factors = context.allocateFloatLocalArray(ROWS);
    int lane = context.localIdx;
    int lanes = context.localGroupSizeX;
    int first = (context.groupIdx / shape.get(5)) * ROWS;
    int number = context.groupIdx % shape.get(5);
    if (first < step.get(rowsAt)) {
      int count = TornadoMath.min(ROWS, step.get(rowsAt) - first);
      int base = number * shape.get(6);
      int columns = shape.get(4);
      if ((flags & NORMED) != 0) {
        for (int row = 0; row < count; row++) {
          int from = (first + row) * shape.get(0) + shape.get(1);
          float mean = 0f;
          if ((flags & CENTRED) != 0) {
            float own = 0f;
            for (int i = lane; i < columns; i += lanes) {
              own += in.get(from + i);
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
            float distance = in.get(from + i) - mean;
            squares += distance * distance;
          }
          sums[lane] = squares;
          context.localBarrier();
          float all = 0f;
          for (int i = 0; i < lanes; i++) {
            all += sums[i];
          }
          if (lane == 0) {
            means[row] = mean;
            factors[row] = 1f / TornadoMath.sqrt(all / columns + epsilon);
          }
          context.localBarrier();
        }
      }
      int second = TornadoMath.min(1, count - 1);
      int third = TornadoMath.min(2, count - 1);
      int fourth = count - 1;
      int at0 = first * shape.get(0) + shape.get(1);
      int at1 = at0 + second * shape.get(0);
      int at2 = at0 + third * shape.get(0);
      int at3 = at0 + fourth * shape.get(0);
      float mean0 = 0f;
      float mean1 = 0f;
      float mean2 = 0f;
      float mean3 = 0f;
      float factor0 = 1f;
      float factor1 = 1f;
      float factor2 = 1f;
      float factor3 = 1f;
      if ((flags & NORMED) != 0) {
        mean0 = means[0];
        mean1 = means[second];
        mean2 = means[third];
        mean3 = means[fourth];
        factor0 = factors[0];
        factor1 = factors[second];
        factor2 = factors[third];
        factor3 = factors[fourth];
      }
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
          float gain = 1f;
          float shift = 0f;
          if ((flags & NORMED) != 0) {
            gain = gains.get(i);
            if ((flags & SHIFTED) != 0) {
              shift = shifts.get(i);
            }
          }
          float x0 = Numbers.normed(flags, in.get(at0 + i), mean0, factor0, gain, shift);
          quants0 += quant * x0;
          plain0 += x0;
          if (count > 1) {
            float x1 = Numbers.normed(flags, in.get(at1 + i), mean1, factor1, gain, shift);
            float x2 = Numbers.normed(flags, in.get(at2 + i), mean2, factor2, gain, shift);
            float x3 = Numbers.normed(flags, in.get(at3 + i), mean3, factor3, gain, shift);
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
      sums[lane] = sum0;
      sums[LANES + lane] = sum1;
      sums[2 * LANES + lane] = sum2;
      sums[3 * LANES + lane] = sum3;
      context.localBarrier();
      // no loop here around that one: PoCL then computes wrong sums, not every time
      if (lane < count) {
        float sum = 0f;
        for (int i = 0; i < lanes; i++) {
          sum += sums[lane * LANES + i];
        }
        if ((flags & BIASED) != 0) {
          sum += bias.get(number);
        }
        int to = (first + lane) * shape.get(2) + shape.get(3) + number;
        if ((flags & CLAMPED) != 0) {
          sum = TornadoMath.max(-amount, TornadoMath.min(amount, sum));
        }
        if ((flags & ADDED) != 0) {
          sum = out.get(to) + amount * sum;
        }
        out.set(to, sum);
      }
    }
  }
}
