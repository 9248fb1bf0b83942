package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Quants.BYTES;
import static io.witan.engine.backend.cpu.Quants.FLOATS;
import static io.witan.engine.backend.cpu.Quants.ORDER;
import static io.witan.engine.backend.cpu.Quants.high;
import static io.witan.engine.backend.cpu.Quants.low;
import static io.witan.engine.backend.cpu.Quants.shorts;
import static io.witan.engine.backend.cpu.Quants.spread;
import static io.witan.engine.backend.cpu.Quants.widen;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;

/** Q8_0: blocks of 32 signed bytes behind a half-float scale. */
final class Q80Rows implements RowKernel {
  private static final int BLOCK_BYTES = 34;

  @Override
  public ActivationLayout layout() {
    return ActivationLayout.EVEN_ODD;
  }

  @Override
  public void multiply(Lines lines, RowInput in, Rows rows, float[] out, RowTile tile) {
    if (rows.count() == 4) {
      four(lines, in, rows.in(), out, rows.out(), rows.first());
      return;
    }
    for (int i = rows.first(); i < rows.first() + rows.count(); i++) {
      one(lines, in, rows.in()[i], out, rows.out()[i]);
    }
  }

  private static void one(Lines lines, RowInput in, int row, float[] out, int outAt) {
    var scratch = new float[8];
    int x = in.quantsOf(row);
    int d = in.blocksOf(row);
    long at = lines.at();
    for (int line = lines.first(); line < lines.last(); line++, at += lines.rowBytes()) {
      out[outAt + line] =
          dot(lines.data(), at, lines.columns() / 32, in.quants(), x, in.scales(), d, scratch);
    }
  }

  private static float dot(
      MemorySegment w, long at, int blocks, short[] x, int xAt, float[] scales, int d, float[] t) {
    var sum = FloatVector.zero(FLOATS);
    for (int block = 0; block < blocks; block++, at += BLOCK_BYTES) {
      float scale = Float.float16ToFloat(w.get(Lanes.SHORT, at)) * scales[d + block];
      ShortVector pairs =
          ByteVector.fromMemorySegment(BYTES, w, at + 2, ORDER).reinterpretAsShorts();
      int to = xAt + 32 * block;
      sum =
          widen(low(pairs).mul(shorts(x, to)).add(high(pairs).mul(shorts(x, to + 16))))
              .fma(spread(scale), sum);
    }
    return Quants.sum(sum, t);
  }

  private static void four(
      Lines lines, RowInput in, int[] rows, float[] out, int[] outRows, int first) {
    var sums = new float[32];
    long at = lines.at();
    for (int line = lines.first(); line < lines.last(); line++, at += lines.rowBytes()) {
      fourDots(lines.data(), at, lines.columns() / 32, in, rows, first, sums);
      for (int i = 0; i < 4; i++) {
        out[outRows[first + i] + line] = Quants.sum(sums, 8 * i);
      }
    }
  }

  private static void fourDots(
      MemorySegment w, long at, int blocks, RowInput in, int[] rows, int first, float[] sums) {
    short[] x = in.quants();
    float[] scales = in.scales();
    int x0 = in.quantsOf(rows[first]);
    int x1 = in.quantsOf(rows[first + 1]);
    int x2 = in.quantsOf(rows[first + 2]);
    int x3 = in.quantsOf(rows[first + 3]);
    int d0 = in.blocksOf(rows[first]);
    int d1 = in.blocksOf(rows[first + 1]);
    int d2 = in.blocksOf(rows[first + 2]);
    int d3 = in.blocksOf(rows[first + 3]);
    var sum0 = FloatVector.zero(FLOATS);
    var sum1 = sum0;
    var sum2 = sum0;
    var sum3 = sum0;
    for (int block = 0; block < blocks; block++, at += BLOCK_BYTES) {
      float scale = Float.float16ToFloat(w.get(Lanes.SHORT, at));
      ShortVector pairs =
          ByteVector.fromMemorySegment(BYTES, w, at + 2, ORDER).reinterpretAsShorts();
      var even = low(pairs);
      var odd = high(pairs);
      sum0 =
          widen(even.mul(shorts(x, x0 + 32 * block)).add(odd.mul(shorts(x, x0 + 32 * block + 16))))
              .fma(spread(scale * scales[d0 + block]), sum0);
      sum1 =
          widen(even.mul(shorts(x, x1 + 32 * block)).add(odd.mul(shorts(x, x1 + 32 * block + 16))))
              .fma(spread(scale * scales[d1 + block]), sum1);
      sum2 =
          widen(even.mul(shorts(x, x2 + 32 * block)).add(odd.mul(shorts(x, x2 + 32 * block + 16))))
              .fma(spread(scale * scales[d2 + block]), sum2);
      sum3 =
          widen(even.mul(shorts(x, x3 + 32 * block)).add(odd.mul(shorts(x, x3 + 32 * block + 16))))
              .fma(spread(scale * scales[d3 + block]), sum3);
    }
    sum0.intoArray(sums, 0);
    sum1.intoArray(sums, 8);
    sum2.intoArray(sums, 16);
    sum3.intoArray(sums, 24);
  }
}
