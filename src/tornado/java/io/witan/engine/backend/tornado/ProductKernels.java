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
      FloatArray out,
      int rowsAt,
      int format,
      int biased) {
    float[] sums = context.allocateFloatLocalArray(LANES);
    int lane = context.localIdx;
    int lanes = context.localGroupSizeX;
    int row = context.groupIdx / shape.get(5);
    int number = context.groupIdx % shape.get(5);
    if (row < step.get(rowsAt)) {
      int at = row * shape.get(0) + shape.get(1);
      int base = number * shape.get(6);
      sums[lane] = Numbers.dot(format, floats, words, base, in, at, shape.get(4), lane, lanes);
      context.localBarrier();
      if (lane == 0) {
        float sum = 0f;
        for (int i = 0; i < lanes; i++) {
          sum += sums[i];
        }
        if (biased == 1) {
          sum += bias.get(number);
        }
        out.set(row * shape.get(2) + shape.get(3) + number, sum);
      }
    }
  }
}
