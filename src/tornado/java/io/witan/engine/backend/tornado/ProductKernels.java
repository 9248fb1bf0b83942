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
   * One number of the product per group. {@code shape}: in's stride and offset, out's, columns,
   * rows of the matrix, words of a row.
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
    float[] sums = context.allocateFloatLocalArray(LANES);
    int lane = context.localIdx;
    int lanes = context.localGroupSizeX;
    int row = context.groupIdx / shape.get(5);
    int number = context.groupIdx % shape.get(5);
    if (row < step.get(rowsAt)) {
      int at = row * shape.get(0) + shape.get(1);
      int base = number * shape.get(6);
      int columns = shape.get(4);
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
      sums[lane] =
          Numbers.dot(
              format, floats, words, base, in, at, columns, lane, lanes, flags, gains, shifts, mean,
              factor);
      context.localBarrier();
      if (lane == 0) {
        float sum = 0f;
        for (int i = 0; i < lanes; i++) {
          sum += sums[i];
        }
        if ((flags & BIASED) != 0) {
          sum += bias.get(number);
        }
        int to = row * shape.get(2) + shape.get(3) + number;
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
