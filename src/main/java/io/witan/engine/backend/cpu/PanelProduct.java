package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Lanes.COUNT;
import static io.witan.engine.backend.cpu.Lanes.FLOATS;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Multiplies a panel of weight rows with many rows of activations in float.
 *
 * <p>A panel of {@link #ROWS} weight rows is decoded once, {@value #DEPTH} columns at a time, with
 * the weight rows along the lanes. Every product is then added in the order of the columns by a
 * fused multiply-add: there is no sum over lanes, and a result does not depend on how many rows of
 * activations there are nor on the width of the vectors.
 */
final class PanelProduct {
  /** Weight rows of a panel. */
  static final int ROWS = 2 * COUNT;

  /** Columns decoded at a time: a panel of them stays in the first cache. */
  static final int DEPTH = 256;

  /** Decoded rows lie this far apart, so that a column of them does not meet in one cache set. */
  private static final int STRIDE = DEPTH + 16;

  private static final int[] LANE_STARTS = laneStarts();

  private final float[] decoded = new float[ROWS * STRIDE];
  private final float[] panel = new float[ROWS * DEPTH];
  private float[] sums = {};

  private static int[] laneStarts() {
    var starts = new int[COUNT];
    Arrays.setAll(starts, lane -> lane * STRIDE);
    return starts;
  }

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
    int size = groups * PackedRows.GROUP * ROWS;
    if (sums.length < size) {
      sums = new float[size];
    }
    Arrays.fill(sums, 0, size, 0);
    if (count < ROWS) {
      Arrays.fill(decoded, 0);
    }
    for (int from = 0; from < matrix.columns(); from += DEPTH) {
      int depth = Math.min(DEPTH, matrix.columns() - from);
      for (int row = 0; row < count; row++) {
        matrix.decode(index, firstRow + row, from, depth, decoded, row * STRIDE);
      }
      transpose(decoded, depth, panel);
      for (int group = 0; group < groups; group++) {
        int at = rows.startOf(firstGroup + group) + from * PackedRows.GROUP;
        int to = group * PackedRows.GROUP * ROWS;
        if (COUNT == 16) {
          addEight(panel, depth, rows.numbers(), at, sums, to);
        } else {
          addFour(panel, depth, rows.numbers(), at, sums, to);
        }
      }
    }
    return sums;
  }

  private static void transpose(float[] decoded, int depth, float[] panel) {
    for (int i = 0; i < depth; i++) {
      FloatVector.fromArray(FLOATS, decoded, i, LANE_STARTS, 0).intoArray(panel, i * ROWS);
      FloatVector.fromArray(FLOATS, decoded, COUNT * STRIDE + i, LANE_STARTS, 0)
          .intoArray(panel, i * ROWS + COUNT);
    }
  }

  private static FloatVector load(float[] from, int at) {
    return FloatVector.fromArray(FLOATS, from, at);
  }

  private static FloatVector spread(float number) {
    return FloatVector.broadcast(FLOATS, number);
  }

  private static void addFour(float[] panel, int depth, float[] a, int at, float[] sums, int to) {
    var s00 = load(sums, to);
    var s01 = load(sums, to + COUNT);
    var s10 = load(sums, to + ROWS);
    var s11 = load(sums, to + ROWS + COUNT);
    var s20 = load(sums, to + 2 * ROWS);
    var s21 = load(sums, to + 2 * ROWS + COUNT);
    var s30 = load(sums, to + 3 * ROWS);
    var s31 = load(sums, to + 3 * ROWS + COUNT);
    for (int i = 0; i < depth; i++) {
      var low = load(panel, i * ROWS);
      var high = load(panel, i * ROWS + COUNT);
      var x = spread(a[at + 4 * i]);
      s00 = low.fma(x, s00);
      s01 = high.fma(x, s01);
      x = spread(a[at + 4 * i + 1]);
      s10 = low.fma(x, s10);
      s11 = high.fma(x, s11);
      x = spread(a[at + 4 * i + 2]);
      s20 = low.fma(x, s20);
      s21 = high.fma(x, s21);
      x = spread(a[at + 4 * i + 3]);
      s30 = low.fma(x, s30);
      s31 = high.fma(x, s31);
    }
    s00.intoArray(sums, to);
    s01.intoArray(sums, to + COUNT);
    s10.intoArray(sums, to + ROWS);
    s11.intoArray(sums, to + ROWS + COUNT);
    s20.intoArray(sums, to + 2 * ROWS);
    s21.intoArray(sums, to + 2 * ROWS + COUNT);
    s30.intoArray(sums, to + 3 * ROWS);
    s31.intoArray(sums, to + 3 * ROWS + COUNT);
  }

  private static void addEight(float[] panel, int depth, float[] a, int at, float[] sums, int to) {
    var s00 = load(sums, to);
    var s01 = load(sums, to + COUNT);
    var s10 = load(sums, to + ROWS);
    var s11 = load(sums, to + ROWS + COUNT);
    var s20 = load(sums, to + 2 * ROWS);
    var s21 = load(sums, to + 2 * ROWS + COUNT);
    var s30 = load(sums, to + 3 * ROWS);
    var s31 = load(sums, to + 3 * ROWS + COUNT);
    var s40 = load(sums, to + 4 * ROWS);
    var s41 = load(sums, to + 4 * ROWS + COUNT);
    var s50 = load(sums, to + 5 * ROWS);
    var s51 = load(sums, to + 5 * ROWS + COUNT);
    var s60 = load(sums, to + 6 * ROWS);
    var s61 = load(sums, to + 6 * ROWS + COUNT);
    var s70 = load(sums, to + 7 * ROWS);
    var s71 = load(sums, to + 7 * ROWS + COUNT);
    for (int i = 0; i < depth; i++) {
      var low = load(panel, i * ROWS);
      var high = load(panel, i * ROWS + COUNT);
      var x = spread(a[at + 8 * i]);
      s00 = low.fma(x, s00);
      s01 = high.fma(x, s01);
      x = spread(a[at + 8 * i + 1]);
      s10 = low.fma(x, s10);
      s11 = high.fma(x, s11);
      x = spread(a[at + 8 * i + 2]);
      s20 = low.fma(x, s20);
      s21 = high.fma(x, s21);
      x = spread(a[at + 8 * i + 3]);
      s30 = low.fma(x, s30);
      s31 = high.fma(x, s31);
      x = spread(a[at + 8 * i + 4]);
      s40 = low.fma(x, s40);
      s41 = high.fma(x, s41);
      x = spread(a[at + 8 * i + 5]);
      s50 = low.fma(x, s50);
      s51 = high.fma(x, s51);
      x = spread(a[at + 8 * i + 6]);
      s60 = low.fma(x, s60);
      s61 = high.fma(x, s61);
      x = spread(a[at + 8 * i + 7]);
      s70 = low.fma(x, s70);
      s71 = high.fma(x, s71);
    }
    s00.intoArray(sums, to);
    s01.intoArray(sums, to + COUNT);
    s10.intoArray(sums, to + ROWS);
    s11.intoArray(sums, to + ROWS + COUNT);
    s20.intoArray(sums, to + 2 * ROWS);
    s21.intoArray(sums, to + 2 * ROWS + COUNT);
    s30.intoArray(sums, to + 3 * ROWS);
    s31.intoArray(sums, to + 3 * ROWS + COUNT);
    s40.intoArray(sums, to + 4 * ROWS);
    s41.intoArray(sums, to + 4 * ROWS + COUNT);
    s50.intoArray(sums, to + 5 * ROWS);
    s51.intoArray(sums, to + 5 * ROWS + COUNT);
    s60.intoArray(sums, to + 6 * ROWS);
    s61.intoArray(sums, to + 6 * ROWS + COUNT);
    s70.intoArray(sums, to + 7 * ROWS);
    s71.intoArray(sums, to + 7 * ROWS + COUNT);
  }
}
