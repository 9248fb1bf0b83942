package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Lanes.COUNT;
import static io.witan.engine.backend.cpu.Lanes.FLOATS;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Multiplies a panel of weight rows with many rows of activations in float.
 *
 * <p>A panel of {@link #ROWS} weight rows is decoded once, {@value #DEPTH} columns at a time. The
 * rows of activations lie along the lanes and each weight is spread over them, so that decoded
 * weights are used as they are. Every product is added in the order of the columns by a fused
 * multiply-add: there is no sum over lanes, and a result does not depend on how many rows of
 * activations there are nor on the width of the vectors.
 */
final class PanelProduct {
  /** Weight rows of a panel. */
  static final int ROWS = 32;

  /** Columns decoded at a time: a panel of them and of two groups stays in the second cache. */
  static final int DEPTH = 256;

  /** Weight rows of a kernel: as many as there are registers for the sums of two groups. */
  private static final int TALL = COUNT == 16 ? 8 : 4;

  /** Decoded rows lie this far apart, so that a column of them does not meet in one cache set. */
  private static final int STRIDE = DEPTH + 16;

  /** The sums of a panel and one group. */
  private static final int SPAN = ROWS * PackedRows.GROUP;

  private final float[] decoded = new float[ROWS * STRIDE];
  private float[] partial = {};
  private float[] sums = {};

  /**
   * Multiplies weight rows {@code firstRow} and following, a panel or what is left of one, with
   * groups of packed rows.
   *
   * @param index which of the tensor's matrices
   * @return {@code [groups · GROUP][ROWS]} sums, valid until the next call
   */
  float[] multiply(
      WeightMatrix matrix, int index, int firstRow, PackedRows rows, int firstGroup, int groups) {
    int count = Math.min(ROWS, matrix.rows() - firstRow);
    int size = groups * SPAN;
    if (partial.length < size) {
      partial = new float[size];
      sums = new float[size];
    }
    Arrays.fill(partial, 0, size, 0);
    for (int from = 0; from < matrix.columns(); from += DEPTH) {
      int depth = Math.min(DEPTH, matrix.columns() - from);
      for (int row = 0; row < count; row++) {
        matrix.decode(index, firstRow + row, from, depth, decoded, row * STRIDE);
      }
      int group = 0;
      for (; group + 1 < groups; group += 2) {
        addPair(rows, firstGroup + group, from, depth, count, group * SPAN);
      }
      if (group < groups) {
        addLast(rows, firstGroup + group, from, depth, count, group * SPAN);
      }
    }
    turn(groups);
    return sums;
  }

  private void addPair(PackedRows rows, int group, int from, int depth, int count, int to) {
    int first = rows.startOf(group) + from * PackedRows.GROUP;
    int second = rows.startOf(group + 1) + from * PackedRows.GROUP;
    for (int line = 0; line < count; line += TALL) {
      int at = line * STRIDE;
      int place = to + line * COUNT;
      if (COUNT == 16) {
        addEight(decoded, at, depth, rows.numbers(), first, second, partial, place);
      } else {
        addFour(decoded, at, depth, rows.numbers(), first, second, partial, place);
      }
    }
  }

  private void addLast(PackedRows rows, int group, int from, int depth, int count, int to) {
    int first = rows.startOf(group) + from * PackedRows.GROUP;
    for (int line = 0; line < count; line += TALL) {
      int at = line * STRIDE;
      int place = to + line * COUNT;
      if (COUNT == 16) {
        addEight(decoded, at, depth, rows.numbers(), first, partial, place);
      } else {
        addFour(decoded, at, depth, rows.numbers(), first, partial, place);
      }
    }
  }

  /** From {@code [group][weight row][row of the group]} to rows of their own. */
  private void turn(int groups) {
    for (int group = 0; group < groups; group++) {
      for (int row = 0; row < COUNT; row++) {
        int to = (group * COUNT + row) * ROWS;
        int from = group * SPAN + row;
        for (int line = 0; line < ROWS; line++) {
          sums[to + line] = partial[from + line * COUNT];
        }
      }
    }
  }

  private static FloatVector load(float[] from, int at) {
    return FloatVector.fromArray(FLOATS, from, at);
  }

  private static FloatVector spread(float number) {
    return FloatVector.broadcast(FLOATS, number);
  }

  private static void addFour(
      float[] weights, int from, int depth, float[] a, int at, float[] sums, int to) {
    var s0 = load(sums, to + 0 * COUNT);
    var s1 = load(sums, to + 1 * COUNT);
    var s2 = load(sums, to + 2 * COUNT);
    var s3 = load(sums, to + 3 * COUNT);
    for (int i = 0; i < depth; i++) {
      var x = load(a, at + i * COUNT);
      s0 = spread(weights[from + i]).fma(x, s0);
      s1 = spread(weights[from + 1 * STRIDE + i]).fma(x, s1);
      s2 = spread(weights[from + 2 * STRIDE + i]).fma(x, s2);
      s3 = spread(weights[from + 3 * STRIDE + i]).fma(x, s3);
    }
    s0.intoArray(sums, to + 0 * COUNT);
    s1.intoArray(sums, to + 1 * COUNT);
    s2.intoArray(sums, to + 2 * COUNT);
    s3.intoArray(sums, to + 3 * COUNT);
  }

  private static void addFour(
      float[] weights, int from, int depth, float[] a, int at0, int at1, float[] sums, int to) {
    var s00 = load(sums, to + 0 * COUNT);
    var s01 = load(sums, to + SPAN + 0 * COUNT);
    var s10 = load(sums, to + 1 * COUNT);
    var s11 = load(sums, to + SPAN + 1 * COUNT);
    var s20 = load(sums, to + 2 * COUNT);
    var s21 = load(sums, to + SPAN + 2 * COUNT);
    var s30 = load(sums, to + 3 * COUNT);
    var s31 = load(sums, to + SPAN + 3 * COUNT);
    for (int i = 0; i < depth; i++) {
      var low = load(a, at0 + i * COUNT);
      var high = load(a, at1 + i * COUNT);
      var w = spread(weights[from + i]);
      s00 = w.fma(low, s00);
      s01 = w.fma(high, s01);
      w = spread(weights[from + 1 * STRIDE + i]);
      s10 = w.fma(low, s10);
      s11 = w.fma(high, s11);
      w = spread(weights[from + 2 * STRIDE + i]);
      s20 = w.fma(low, s20);
      s21 = w.fma(high, s21);
      w = spread(weights[from + 3 * STRIDE + i]);
      s30 = w.fma(low, s30);
      s31 = w.fma(high, s31);
    }
    s00.intoArray(sums, to + 0 * COUNT);
    s01.intoArray(sums, to + SPAN + 0 * COUNT);
    s10.intoArray(sums, to + 1 * COUNT);
    s11.intoArray(sums, to + SPAN + 1 * COUNT);
    s20.intoArray(sums, to + 2 * COUNT);
    s21.intoArray(sums, to + SPAN + 2 * COUNT);
    s30.intoArray(sums, to + 3 * COUNT);
    s31.intoArray(sums, to + SPAN + 3 * COUNT);
  }

  private static void addEight(
      float[] weights, int from, int depth, float[] a, int at, float[] sums, int to) {
    var s0 = load(sums, to + 0 * COUNT);
    var s1 = load(sums, to + 1 * COUNT);
    var s2 = load(sums, to + 2 * COUNT);
    var s3 = load(sums, to + 3 * COUNT);
    var s4 = load(sums, to + 4 * COUNT);
    var s5 = load(sums, to + 5 * COUNT);
    var s6 = load(sums, to + 6 * COUNT);
    var s7 = load(sums, to + 7 * COUNT);
    for (int i = 0; i < depth; i++) {
      var x = load(a, at + i * COUNT);
      s0 = spread(weights[from + i]).fma(x, s0);
      s1 = spread(weights[from + 1 * STRIDE + i]).fma(x, s1);
      s2 = spread(weights[from + 2 * STRIDE + i]).fma(x, s2);
      s3 = spread(weights[from + 3 * STRIDE + i]).fma(x, s3);
      s4 = spread(weights[from + 4 * STRIDE + i]).fma(x, s4);
      s5 = spread(weights[from + 5 * STRIDE + i]).fma(x, s5);
      s6 = spread(weights[from + 6 * STRIDE + i]).fma(x, s6);
      s7 = spread(weights[from + 7 * STRIDE + i]).fma(x, s7);
    }
    s0.intoArray(sums, to + 0 * COUNT);
    s1.intoArray(sums, to + 1 * COUNT);
    s2.intoArray(sums, to + 2 * COUNT);
    s3.intoArray(sums, to + 3 * COUNT);
    s4.intoArray(sums, to + 4 * COUNT);
    s5.intoArray(sums, to + 5 * COUNT);
    s6.intoArray(sums, to + 6 * COUNT);
    s7.intoArray(sums, to + 7 * COUNT);
  }

  private static void addEight(
      float[] weights, int from, int depth, float[] a, int at0, int at1, float[] sums, int to) {
    var s00 = load(sums, to + 0 * COUNT);
    var s01 = load(sums, to + SPAN + 0 * COUNT);
    var s10 = load(sums, to + 1 * COUNT);
    var s11 = load(sums, to + SPAN + 1 * COUNT);
    var s20 = load(sums, to + 2 * COUNT);
    var s21 = load(sums, to + SPAN + 2 * COUNT);
    var s30 = load(sums, to + 3 * COUNT);
    var s31 = load(sums, to + SPAN + 3 * COUNT);
    var s40 = load(sums, to + 4 * COUNT);
    var s41 = load(sums, to + SPAN + 4 * COUNT);
    var s50 = load(sums, to + 5 * COUNT);
    var s51 = load(sums, to + SPAN + 5 * COUNT);
    var s60 = load(sums, to + 6 * COUNT);
    var s61 = load(sums, to + SPAN + 6 * COUNT);
    var s70 = load(sums, to + 7 * COUNT);
    var s71 = load(sums, to + SPAN + 7 * COUNT);
    for (int i = 0; i < depth; i++) {
      var low = load(a, at0 + i * COUNT);
      var high = load(a, at1 + i * COUNT);
      var w = spread(weights[from + i]);
      s00 = w.fma(low, s00);
      s01 = w.fma(high, s01);
      w = spread(weights[from + 1 * STRIDE + i]);
      s10 = w.fma(low, s10);
      s11 = w.fma(high, s11);
      w = spread(weights[from + 2 * STRIDE + i]);
      s20 = w.fma(low, s20);
      s21 = w.fma(high, s21);
      w = spread(weights[from + 3 * STRIDE + i]);
      s30 = w.fma(low, s30);
      s31 = w.fma(high, s31);
      w = spread(weights[from + 4 * STRIDE + i]);
      s40 = w.fma(low, s40);
      s41 = w.fma(high, s41);
      w = spread(weights[from + 5 * STRIDE + i]);
      s50 = w.fma(low, s50);
      s51 = w.fma(high, s51);
      w = spread(weights[from + 6 * STRIDE + i]);
      s60 = w.fma(low, s60);
      s61 = w.fma(high, s61);
      w = spread(weights[from + 7 * STRIDE + i]);
      s70 = w.fma(low, s70);
      s71 = w.fma(high, s71);
    }
    s00.intoArray(sums, to + 0 * COUNT);
    s01.intoArray(sums, to + SPAN + 0 * COUNT);
    s10.intoArray(sums, to + 1 * COUNT);
    s11.intoArray(sums, to + SPAN + 1 * COUNT);
    s20.intoArray(sums, to + 2 * COUNT);
    s21.intoArray(sums, to + SPAN + 2 * COUNT);
    s30.intoArray(sums, to + 3 * COUNT);
    s31.intoArray(sums, to + SPAN + 3 * COUNT);
    s40.intoArray(sums, to + 4 * COUNT);
    s41.intoArray(sums, to + SPAN + 4 * COUNT);
    s50.intoArray(sums, to + 5 * COUNT);
    s51.intoArray(sums, to + SPAN + 5 * COUNT);
    s60.intoArray(sums, to + 6 * COUNT);
    s61.intoArray(sums, to + SPAN + 6 * COUNT);
    s70.intoArray(sums, to + 7 * COUNT);
    s71.intoArray(sums, to + SPAN + 7 * COUNT);
  }
}
