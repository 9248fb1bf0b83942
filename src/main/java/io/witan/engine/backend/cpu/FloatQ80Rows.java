package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Lanes.BYTES;
import static io.witan.engine.backend.cpu.Lanes.COUNT;
import static io.witan.engine.backend.cpu.Lanes.FLOATS;
import static io.witan.engine.backend.cpu.Lanes.ORDER;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;

/** Q8_0 with activations as they are. */
final class FloatQ80Rows implements RowKernel {
  private static final int BLOCK_BYTES = 34;

  @Override
  public ActivationLayout layout() {
    return ActivationLayout.FLOATS;
  }

  /** Two lines at a time, far apart, so that the memory has two streams to run ahead of. */
  @Override
  public void one(Lines lines, RowInput in, int row, float[] out, int outAt) {
    var sums = new float[2 * COUNT];
    int half = (lines.last() - lines.first() + 1) / 2;
    for (int line = lines.first(); line < lines.first() + half; line++) {
      long at = lines.at() + (line - lines.first()) * lines.rowBytes();
      boolean paired = line + half < lines.last();
      long other = paired ? at + half * lines.rowBytes() : at;
      pair(lines.data(), at, other, lines.columns(), in.floats(), in.floatsOf(row), sums);
      out[outAt + line] = Lanes.sum(sums, 0);
      if (paired) {
        out[outAt + line + half] = Lanes.sum(sums, COUNT);
      }
    }
  }

  private static void pair(
      MemorySegment w, long at, long other, int columns, float[] x, int xAt, float[] sums) {
    var sum0 = FloatVector.zero(FLOATS);
    var sum1 = sum0;
    for (int block = 0; block < columns / 32; block++) {
      long from0 = at + (long) block * BLOCK_BYTES;
      long from1 = other + (long) block * BLOCK_BYTES;
      var p0 = FloatVector.zero(FLOATS);
      var p1 = p0;
      for (int j = 0; j < 32; j += COUNT) {
        var activations = load(x, xAt + 32 * block + j);
        p0 = quants(w, from0 + 2 + j).fma(activations, p0);
        p1 = quants(w, from1 + 2 + j).fma(activations, p1);
      }
      sum0 = p0.fma(scale(w, from0), sum0);
      sum1 = p1.fma(scale(w, from1), sum1);
    }
    sum0.intoArray(sums, 0);
    sum1.intoArray(sums, COUNT);
  }

  @Override
  public void two(Lines lines, RowInput in, int[] rows, float[] out, int[] outRows, int first) {
    var sums = new float[2 * COUNT];
    long at = lines.at();
    int x0 = in.floatsOf(rows[first]);
    int x1 = in.floatsOf(rows[first + 1]);
    for (int line = lines.first(); line < lines.last(); line++, at += lines.rowBytes()) {
      twoDots(lines.data(), at, lines.columns(), in.floats(), x0, x1, sums);
      out[outRows[first] + line] = Lanes.sum(sums, 0);
      out[outRows[first + 1] + line] = Lanes.sum(sums, COUNT);
    }
  }

  private static void twoDots(
      MemorySegment w, long at, int columns, float[] x, int x0, int x1, float[] sums) {
    var sum0 = FloatVector.zero(FLOATS);
    var sum1 = sum0;
    for (int block = 0; block < columns / 32; block++) {
      long from = at + (long) block * BLOCK_BYTES;
      var p0 = FloatVector.zero(FLOATS);
      var p1 = p0;
      for (int j = 0; j < 32; j += COUNT) {
        var quants = quants(w, from + 2 + j);
        p0 = quants.fma(load(x, x0 + 32 * block + j), p0);
        p1 = quants.fma(load(x, x1 + 32 * block + j), p1);
      }
      var scale = scale(w, from);
      sum0 = p0.fma(scale, sum0);
      sum1 = p1.fma(scale, sum1);
    }
    sum0.intoArray(sums, 0);
    sum1.intoArray(sums, COUNT);
  }

  @Override
  public void four(Lines lines, RowInput in, int[] rows, float[] out, int[] outRows, int first) {
    var sums = new float[4 * COUNT];
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
          sums);
      for (int i = 0; i < 4; i++) {
        out[outRows[first + i] + line] = Lanes.sum(sums, i * COUNT);
      }
    }
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
      float[] sums) {
    var sum0 = FloatVector.zero(FLOATS);
    var sum1 = sum0;
    var sum2 = sum0;
    var sum3 = sum0;
    for (int block = 0; block < columns / 32; block++) {
      long from = at + (long) block * BLOCK_BYTES;
      int i = 32 * block;
      var p0 = FloatVector.zero(FLOATS);
      var p1 = p0;
      var p2 = p0;
      var p3 = p0;
      for (int j = 0; j < 32; j += COUNT) {
        var quants = quants(w, from + 2 + j);
        p0 = quants.fma(load(x, x0 + i + j), p0);
        p1 = quants.fma(load(x, x1 + i + j), p1);
        p2 = quants.fma(load(x, x2 + i + j), p2);
        p3 = quants.fma(load(x, x3 + i + j), p3);
      }
      var scale = scale(w, from);
      sum0 = p0.fma(scale, sum0);
      sum1 = p1.fma(scale, sum1);
      sum2 = p2.fma(scale, sum2);
      sum3 = p3.fma(scale, sum3);
    }
    sum0.intoArray(sums, 0);
    sum1.intoArray(sums, COUNT);
    sum2.intoArray(sums, 2 * COUNT);
    sum3.intoArray(sums, 3 * COUNT);
  }

  private static FloatVector quants(MemorySegment w, long at) {
    return (FloatVector) ByteVector.fromMemorySegment(BYTES, w, at, ORDER).castShape(FLOATS, 0);
  }

  private static FloatVector scale(MemorySegment w, long at) {
    return FloatVector.broadcast(FLOATS, Float.float16ToFloat(w.get(Lanes.SHORT, at)));
  }

  private static FloatVector load(float[] from, int at) {
    return FloatVector.fromArray(FLOATS, from, at);
  }
}
