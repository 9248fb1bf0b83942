package io.witan.engine.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * What adapters add: scale · B · A · x, each row with its own adapter or none. The directory is
 * that of {@link AdapterArrays}. A kernel takes pairs of a row and one of the experts that it uses;
 * of a matrix that is not an expert's, every row is one pair.
 */
final class AdapterKernels {
  private AdapterKernels() {}

  /**
   * The adapter of a row, 0 for none. Rows whose logits are wanted have moved up, and say where
   * they were.
   */
  private static int adapterOf(IntArray step, int rowsAt, int row) {
    int from = row;
    if (rowsAt == Step.LOGIT_ROWS) {
      from = step.get(Step.WANTED + row);
    }
    return step.get(Step.ADAPTERS + from);
  }

  /**
   * A · x, one number of a pair per group. {@code shape}: in's stride and offset, the routes',
   * columns, pairs of a row, the largest rank, where the matrix begins in the directory. {@code
   * byPair}: in has the pairs, not the rows.
   */
  static void narrow(
      KernelContext context,
      IntArray step,
      IntArray shape,
      IntArray directory,
      FloatArray numbers,
      FloatArray in,
      FloatArray routes,
      FloatArray out,
      int rowsAt,
      int experts,
      int byPair) {
    float[] sums = context.allocateFloatLocalArray(ProductKernels.LANES);
    int lane = context.localIdx;
    int lanes = context.localGroupSizeX;
    int columns = shape.get(4);
    int used = shape.get(5);
    int rank = context.groupIdx % shape.get(6);
    int chosen = (context.groupIdx / shape.get(6)) % used;
    int row = context.groupIdx / (shape.get(6) * used);
    int own = 0;
    int entry = 0;
    if (row < step.get(rowsAt)) {
      int adapter = adapterOf(step, rowsAt, row);
      if (adapter > 0) {
        entry = shape.get(7) + (adapter - 1) * AdapterArrays.ENTRY;
        own = directory.get(entry + 2);
      }
    }
    if (rank < own) {
      int expert = 0;
      if (experts == 1) {
        expert = (int) routes.get(row * shape.get(2) + shape.get(3) + chosen);
      }
      int from = directory.get(entry) + (expert * own + rank) * columns;
      int at = row * shape.get(0) + shape.get(1);
      if (byPair == 1) {
        at = (row * used + chosen) * columns;
      }
      float sum = 0f;
      for (int i = lane; i < columns; i += lanes) {
        sum += numbers.get(from + i) * in.get(at + i);
      }
      sums[lane] = sum;
      context.localBarrier();
      if (lane == 0) {
        float total = 0f;
        for (int i = 0; i < lanes; i++) {
          total += sums[i];
        }
        out.set(context.groupIdx, total);
      }
    }
  }

  /**
   * Adds B times the narrow numbers of each of a row's pairs, weighted by its routes, times the
   * amount. {@code shape}: out's stride and offset, the routes', rows of the matrix, pairs of a
   * row, the largest rank, where the matrix begins in the directory, groups of a row.
   */
  static void widen(
      KernelContext context,
      IntArray step,
      IntArray shape,
      IntArray directory,
      FloatArray numbers,
      FloatArray narrow,
      FloatArray routes,
      FloatArray out,
      int rowsAt,
      int experts,
      float amount) {
    int rows = shape.get(4);
    int used = shape.get(5);
    int groups = shape.get(8);
    int row = context.groupIdx / groups;
    int number = (context.groupIdx % groups) * context.localGroupSizeX + context.localIdx;
    int own = 0;
    int entry = 0;
    if (row < step.get(rowsAt) && number < rows) {
      int adapter = adapterOf(step, rowsAt, row);
      if (adapter > 0) {
        entry = shape.get(7) + (adapter - 1) * AdapterArrays.ENTRY;
        own = directory.get(entry + 2);
      }
    }
    if (own > 0) {
      float total = 0f;
      for (int chosen = 0; chosen < used; chosen++) {
        int expert = 0;
        float weight = 1f;
        if (experts == 1) {
          int route = row * shape.get(2) + shape.get(3) + chosen;
          expert = (int) routes.get(route);
          weight = routes.get(route + used);
        }
        int from = directory.get(entry + 1) + expert * own * rows + number;
        int at = (row * used + chosen) * shape.get(6);
        float sum = 0f;
        for (int i = 0; i < own; i++) {
          sum += numbers.get(from + i * rows) * narrow.get(at + i);
        }
        total += weight * sum;
      }
      int to = row * shape.get(0) + shape.get(1) + number;
      out.set(to, out.get(to) + amount * total);
    }
  }

  /**
   * B times the narrow numbers of each pair, kept for the kernel that bends the sum; 0 where no
   * adapter changes it. {@code shape}: where the pairs begin in out, nothing, the routes' stride
   * and offset, rows of the matrix, pairs of a row, the largest rank, where the matrix begins in
   * the directory, groups of a pair.
   */
  static void widenPairs(
      KernelContext context,
      IntArray step,
      IntArray shape,
      IntArray directory,
      FloatArray numbers,
      FloatArray narrow,
      FloatArray routes,
      FloatArray out,
      int rowsAt) {
    int rows = shape.get(4);
    int used = shape.get(5);
    int groups = shape.get(8);
    int pair = context.groupIdx / groups;
    int row = pair / used;
    int number = (context.groupIdx % groups) * context.localGroupSizeX + context.localIdx;
    if (row < step.get(rowsAt) && number < rows) {
      int adapter = adapterOf(step, rowsAt, row);
      float sum = 0f;
      if (adapter > 0) {
        int entry = shape.get(7) + (adapter - 1) * AdapterArrays.ENTRY;
        int own = directory.get(entry + 2);
        int expert = (int) routes.get(row * shape.get(2) + shape.get(3) + pair % used);
        int from = directory.get(entry + 1) + expert * own * rows + number;
        for (int i = 0; i < own; i++) {
          sum += numbers.get(from + i * rows) * narrow.get(pair * shape.get(6) + i);
        }
      }
      out.set(shape.get(0) + pair * rows + number, sum);
    }
  }

  /**
   * Adds B times the row of A that is the token's. {@code shape}: out's stride and offset, its
   * width, where the table begins in the directory, groups of a row.
   */
  static void widenToken(
      KernelContext context,
      IntArray step,
      IntArray shape,
      IntArray directory,
      FloatArray numbers,
      FloatArray out) {
    int width = shape.get(2);
    int groups = shape.get(4);
    int row = context.groupIdx / groups;
    int number = (context.groupIdx % groups) * context.localGroupSizeX + context.localIdx;
    if (row < step.get(Step.ROWS) && number < width) {
      int adapter = step.get(Step.ADAPTERS + row);
      if (adapter > 0) {
        int entry = shape.get(3) + (adapter - 1) * AdapterArrays.ENTRY;
        int own = directory.get(entry + 2);
        int token = directory.get(entry) + step.get(Step.TOKENS + row) * own;
        int from = directory.get(entry + 1) + number;
        float sum = 0f;
        for (int i = 0; i < own; i++) {
          sum += numbers.get(from + i * width) * numbers.get(token + i);
        }
        int to = row * shape.get(0) + shape.get(1) + number;
        out.set(to, out.get(to) + sum);
      }
    }
  }
}
