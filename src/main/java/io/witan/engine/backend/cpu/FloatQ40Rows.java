package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Lanes.COUNT;
import static io.witan.engine.backend.cpu.Lanes.FLOATS;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Q4_0 with activations as they are; the 8 is taken away through the layout's offsets. */
final class FloatQ40Rows implements RowKernel {
  private static final int BLOCK_BYTES = 18;

  @Override
  public ActivationLayout layout() {
    return ActivationLayout.LANE_OFFSETS;
  }

  /** Two lines at a time, far apart, so that the memory has two streams to run ahead of. */
  @Override
  public void one(Lines lines, RowInput in, int row, float[] out, int outAt) {
    var sums = new float[2 * COUNT];
    int offsetsAt = in.blocksOf(row) * COUNT;
    int half = (lines.last() - lines.first() + 1) / 2;
    for (int line = lines.first(); line < lines.first() + half; line++) {
      long at = lines.at() + (line - lines.first()) * lines.rowBytes();
      boolean paired = line + half < lines.last();
      long other = paired ? at + half * lines.rowBytes() : at;
      pair(
          lines.data(),
          at,
          other,
          lines.columns(),
          in.floats(),
          in.floatsOf(row),
          in.offsets(),
          offsetsAt,
          sums);
      out[outAt + line] = Lanes.sum(sums, 0);
      if (paired) {
        out[outAt + line + half] = Lanes.sum(sums, COUNT);
      }
    }
  }

  private static void pair(
      MemorySegment w,
      long at,
      long other,
      int columns,
      float[] x,
      int xAt,
      float[] offsets,
      int offsetsAt,
      float[] sums) {
    var sum0 = FloatVector.zero(FLOATS);
    var sum1 = sum0;
    for (int block = 0; block < columns / 32; block++) {
      long from0 = at + (long) block * BLOCK_BYTES;
      long from1 = other + (long) block * BLOCK_BYTES;
      var p0 = load(offsets, offsetsAt + block * COUNT);
      var p1 = p0;
      for (int j = 0; j < 16; j += COUNT) {
        var first = load(x, xAt + 32 * block + j);
        var second = load(x, xAt + 32 * block + j + 16);
        var pairs = Lanes.octets(w, from0 + 2 + j);
        p0 = Lanes.floats(pairs.and(15)).fma(first, p0);
        p0 = Lanes.floats(pairs.lanewise(VectorOperators.LSHR, 4)).fma(second, p0);
        pairs = Lanes.octets(w, from1 + 2 + j);
        p1 = Lanes.floats(pairs.and(15)).fma(first, p1);
        p1 = Lanes.floats(pairs.lanewise(VectorOperators.LSHR, 4)).fma(second, p1);
      }
      sum0 = p0.fma(scale(w, from0), sum0);
      sum1 = p1.fma(scale(w, from1), sum1);
    }
    sum0.intoArray(sums, 0);
    sum1.intoArray(sums, COUNT);
  }

  @Override
  public void four(Lines lines, RowInput in, int[] rows, float[] out, int[] outRows, int first) {
    var sums = new float[4 * COUNT];
    var starts = new int[8];
    for (int i = 0; i < 4; i++) {
      starts[i] = in.floatsOf(rows[first + i]);
      starts[4 + i] = in.blocksOf(rows[first + i]) * COUNT;
    }
    long at = lines.at();
    for (int line = lines.first(); line < lines.last(); line++, at += lines.rowBytes()) {
      fourDots(lines.data(), at, lines.columns(), in.floats(), in.offsets(), starts, sums);
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
      float[] offsets,
      int[] starts,
      float[] sums) {
    int x0 = starts[0];
    int x1 = starts[1];
    int x2 = starts[2];
    int x3 = starts[3];
    int o0 = starts[4];
    int o1 = starts[5];
    int o2 = starts[6];
    int o3 = starts[7];
    var sum0 = FloatVector.zero(FLOATS);
    var sum1 = sum0;
    var sum2 = sum0;
    var sum3 = sum0;
    for (int block = 0; block < columns / 32; block++) {
      long from = at + (long) block * BLOCK_BYTES;
      int i = 32 * block;
      int lane = COUNT * block;
      var p0 = load(offsets, o0 + lane);
      var p1 = load(offsets, o1 + lane);
      var p2 = load(offsets, o2 + lane);
      var p3 = load(offsets, o3 + lane);
      for (int j = 0; j < 16; j += COUNT) {
        var pairs = Lanes.octets(w, from + 2 + j);
        var low = Lanes.floats(pairs.and(15));
        var high = Lanes.floats(pairs.lanewise(VectorOperators.LSHR, 4));
        p0 = high.fma(load(x, x0 + i + j + 16), low.fma(load(x, x0 + i + j), p0));
        p1 = high.fma(load(x, x1 + i + j + 16), low.fma(load(x, x1 + i + j), p1));
        p2 = high.fma(load(x, x2 + i + j + 16), low.fma(load(x, x2 + i + j), p2));
        p3 = high.fma(load(x, x3 + i + j + 16), low.fma(load(x, x3 + i + j), p3));
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

  private static FloatVector scale(MemorySegment w, long at) {
    return FloatVector.broadcast(FLOATS, Float.float16ToFloat(w.get(Lanes.SHORT, at)));
  }

  private static FloatVector load(float[] from, int at) {
    return FloatVector.fromArray(FLOATS, from, at);
  }
}
