package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Lanes.COUNT;
import static io.witan.engine.backend.cpu.Lanes.FLOATS;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Q4_K with activations as they are; the minimums are taken away from the blocks' sums. */
final class FloatQ4KRows implements RowKernel {
  private static final int BLOCK_BYTES = 144;

  @Override
  public ActivationLayout layout() {
    return ActivationLayout.BLOCK_SUMS;
  }

  /** Two lines at a time, far apart, so that the memory has two streams to run ahead of. */
  @Override
  public void one(Lines lines, RowInput in, int row, float[] out, int outAt) {
    int groups = lines.columns() / 32;
    var sums = new float[2 * COUNT];
    var scales = new float[2 * groups];
    var minimums = new float[8];
    int half = (lines.last() - lines.first() + 1) / 2;
    for (int line = lines.first(); line < lines.first() + half; line++) {
      long at = lines.at() + (line - lines.first()) * lines.rowBytes();
      boolean paired = line + half < lines.last();
      long other = paired ? at + half * lines.rowBytes() : at;
      float less = decodeScales(lines, at, in.sums(), in.blocksOf(row), scales, 0, minimums);
      float otherLess =
          decodeScales(lines, other, in.sums(), in.blocksOf(row), scales, groups, minimums);
      pair(lines.data(), at, other, groups, in.floats(), in.floatsOf(row), scales, sums);
      out[outAt + line] = Lanes.sum(sums, 0) - less;
      if (paired) {
        out[outAt + line + half] = Lanes.sum(sums, COUNT) - otherLess;
      }
    }
  }

  /** Writes the scales of a line and gives the sum of its minimums. */
  private static float decodeScales(
      Lines lines, long at, float[] sums, int sumsAt, float[] scales, int to, float[] scratch) {
    var less = FloatVector.zero(Quants.FLOATS);
    for (int block = 0; block < lines.columns() / 256; block++) {
      long from = at + (long) block * BLOCK_BYTES;
      Q4KScales.scales(lines.data(), from, scales, to + 8 * block);
      Q4KScales.minimums(lines.data(), from, scratch, 0);
      less =
          FloatVector.fromArray(Quants.FLOATS, scratch, 0)
              .fma(FloatVector.fromArray(Quants.FLOATS, sums, sumsAt + 8 * block), less);
    }
    return Quants.sum(less, scratch);
  }

  private static void pair(
      MemorySegment w,
      long at,
      long other,
      int groups,
      float[] x,
      int xAt,
      float[] scales,
      float[] sums) {
    var sum0 = FloatVector.zero(FLOATS);
    var sum1 = sum0;
    for (int group = 0; group < groups; group += 2) {
      long from = (long) (group >> 3) * BLOCK_BYTES + 16 + 16 * (group & 7);
      var low0 = FloatVector.zero(FLOATS);
      var high0 = low0;
      var low1 = low0;
      var high1 = low0;
      for (int j = 0; j < 32; j += COUNT) {
        var lower = load(x, xAt + 32 * group + j);
        var upper = load(x, xAt + 32 * group + 32 + j);
        var pairs = Lanes.octets(w, at + from + j);
        low0 = Lanes.floats(pairs.and(15)).fma(lower, low0);
        high0 = Lanes.floats(pairs.lanewise(VectorOperators.LSHR, 4)).fma(upper, high0);
        pairs = Lanes.octets(w, other + from + j);
        low1 = Lanes.floats(pairs.and(15)).fma(lower, low1);
        high1 = Lanes.floats(pairs.lanewise(VectorOperators.LSHR, 4)).fma(upper, high1);
      }
      sum0 = low0.fma(spread(scales[group]), sum0);
      sum0 = high0.fma(spread(scales[group + 1]), sum0);
      sum1 = low1.fma(spread(scales[groups + group]), sum1);
      sum1 = high1.fma(spread(scales[groups + group + 1]), sum1);
    }
    sum0.intoArray(sums, 0);
    sum1.intoArray(sums, COUNT);
  }

  /** Adds the minimums in {@code scales} times the sums of their blocks. */
  private static FloatVector less(float[] scales, float[] sums, int at, FloatVector less) {
    return FloatVector.fromArray(Quants.FLOATS, scales, Q4KScales.MINIMUMS)
        .fma(FloatVector.fromArray(Quants.FLOATS, sums, at), less);
  }

  @Override
  public void four(Lines lines, RowInput in, int[] rows, float[] out, int[] outRows, int first) {
    var sums = new float[4 * COUNT];
    var lesses = new float[32];
    var scratch = new float[Q4KScales.COUNT];
    long at = lines.at();
    for (int line = lines.first(); line < lines.last(); line++, at += lines.rowBytes()) {
      fourDots(
          lines.data(),
          at,
          lines.columns(),
          in.floats(),
          in.floatsOf(rows[first]),
          in.floatsOf(rows[first + 1]),
          in.floatsOf(rows[first + 2]),
          in.floatsOf(rows[first + 3]),
          scratch,
          sums);
      fourLess(lines.data(), at, lines.columns(), in, rows, first, scratch, lesses);
      for (int i = 0; i < 4; i++) {
        float less = Quants.sum(lesses, 8 * i);
        out[outRows[first + i] + line] = Lanes.sum(sums, i * COUNT) - less;
      }
    }
  }

  private static void fourLess(
      MemorySegment w,
      long at,
      int columns,
      RowInput in,
      int[] rows,
      int first,
      float[] scales,
      float[] lesses) {
    var less0 = FloatVector.zero(Quants.FLOATS);
    var less1 = less0;
    var less2 = less0;
    var less3 = less0;
    for (int block = 0; block < columns / 256; block++) {
      Q4KScales.decode(w, at + (long) block * BLOCK_BYTES, scales);
      less0 = less(scales, in.sums(), in.blocksOf(rows[first]) + 8 * block, less0);
      less1 = less(scales, in.sums(), in.blocksOf(rows[first + 1]) + 8 * block, less1);
      less2 = less(scales, in.sums(), in.blocksOf(rows[first + 2]) + 8 * block, less2);
      less3 = less(scales, in.sums(), in.blocksOf(rows[first + 3]) + 8 * block, less3);
    }
    less0.intoArray(lesses, 0);
    less1.intoArray(lesses, 8);
    less2.intoArray(lesses, 16);
    less3.intoArray(lesses, 24);
  }

  private static void fourDots(
      MemorySegment w,
      long at,
      int columns,
      float[] x,
      int x0,
      int x1,
      int x2,
      int x3,
      float[] scales,
      float[] sums) {
    var sum0 = FloatVector.zero(FLOATS);
    var sum1 = sum0;
    var sum2 = sum0;
    var sum3 = sum0;
    for (int block = 0; block < columns / 256; block++) {
      long from = at + (long) block * BLOCK_BYTES;
      Q4KScales.decode(w, from, scales);
      for (int group = 0; group < 8; group++) {
        var p0 = FloatVector.zero(FLOATS);
        var p1 = p0;
        var p2 = p0;
        var p3 = p0;
        int column = 256 * block + 32 * group;
        int shift = 4 * (group & 1);
        for (int j = 0; j < 32; j += COUNT) {
          var pairs = Lanes.octets(w, from + 16 + 32 * (group >> 1) + j);
          var quants = Lanes.floats(pairs.lanewise(VectorOperators.LSHR, shift).and(15));
          p0 = quants.fma(load(x, x0 + column + j), p0);
          p1 = quants.fma(load(x, x1 + column + j), p1);
          p2 = quants.fma(load(x, x2 + column + j), p2);
          p3 = quants.fma(load(x, x3 + column + j), p3);
        }
        var scale = spread(scales[group]);
        sum0 = p0.fma(scale, sum0);
        sum1 = p1.fma(scale, sum1);
        sum2 = p2.fma(scale, sum2);
        sum3 = p3.fma(scale, sum3);
      }
    }
    sum0.intoArray(sums, 0);
    sum1.intoArray(sums, COUNT);
    sum2.intoArray(sums, 2 * COUNT);
    sum3.intoArray(sums, 3 * COUNT);
  }

  private static FloatVector spread(float number) {
    return FloatVector.broadcast(FLOATS, number);
  }

  private static FloatVector load(float[] from, int at) {
    return FloatVector.fromArray(FLOATS, from, at);
  }
}
