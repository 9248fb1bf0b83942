package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Quants.BYTES;
import static io.witan.engine.backend.cpu.Quants.FLOATS;
import static io.witan.engine.backend.cpu.Quants.INTS;
import static io.witan.engine.backend.cpu.Quants.ORDER;
import static io.witan.engine.backend.cpu.Quants.shorts;
import static io.witan.engine.backend.cpu.Quants.spread;
import static io.witan.engine.backend.cpu.Quants.widen;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Q4_K: 256 nibbles in eight groups, each with a 6-bit scale and minimum. The minimums are taken
 * away from the sums of the activations.
 */
final class Q4KRows implements RowKernel {
  private static final int BLOCK_BYTES = 144;
  private static final short NIBBLE = 15;
  private static final IntVector BYTE_SHIFTS =
      IntVector.fromArray(INTS, new int[] {0, 8, 16, 24, 0, 8, 16, 24}, 0);
  private static final VectorMask<Integer> UPPER = VectorMask.fromLong(INTS, 0xF0);

  @Override
  public ActivationLayout layout() {
    return ActivationLayout.EVEN_ODD;
  }

  @Override
  public void one(Lines lines, RowInput in, int row, float[] out, int outAt) {
    var scratch = new float[8];
    long at = lines.at();
    for (int line = lines.first(); line < lines.last(); line++, at += lines.rowBytes()) {
      out[outAt + line] =
          dot(
              lines.data(),
              at,
              lines.columns() / 256,
              in.quants(),
              in.quantsOf(row),
              in.scales(),
              in.sums(),
              in.blocksOf(row),
              scratch);
    }
  }

  private static float dot(
      MemorySegment w,
      long at,
      int blocks,
      short[] x,
      int xAt,
      float[] scales,
      float[] sums,
      int d,
      float[] scratch) {
    var sum = FloatVector.zero(FLOATS);
    var less = FloatVector.zero(FLOATS);
    for (int block = 0; block < blocks; block++, at += BLOCK_BYTES, xAt += 256, d += 8) {
      float scale = Float.float16ToFloat(w.get(Lanes.SHORT, at));
      float minimum = Float.float16ToFloat(w.get(Lanes.SHORT, at + 2));
      int first = w.get(Lanes.INT, at + 4);
      int second = w.get(Lanes.INT, at + 8);
      int third = w.get(Lanes.INT, at + 12);
      bytes(first & 0x3F3F3F3F, (third & 0x0F0F0F0F) | (first >>> 6 & 0x03030303) << 4)
          .mul(scale)
          .mul(FloatVector.fromArray(FLOATS, scales, d))
          .intoArray(scratch, 0);
      less =
          bytes(second & 0x3F3F3F3F, (third >>> 4 & 0x0F0F0F0F) | (second >>> 6 & 0x03030303) << 4)
              .mul(minimum)
              .fma(FloatVector.fromArray(FLOATS, sums, d), less);
      sum = terms(w, at + 16, x, xAt, scratch[0], scratch[1], sum);
      sum = terms(w, at + 48, x, xAt + 64, scratch[2], scratch[3], sum);
      sum = terms(w, at + 80, x, xAt + 128, scratch[4], scratch[5], sum);
      sum = terms(w, at + 112, x, xAt + 192, scratch[6], scratch[7], sum);
    }
    return Quants.sum(sum.sub(less), scratch);
  }

  /** The four bytes of each number, lowest first. */
  private static FloatVector bytes(int lower, int upper) {
    IntVector both = IntVector.broadcast(INTS, lower).blend(upper, UPPER);
    return (FloatVector)
        both.lanewise(VectorOperators.LSHR, BYTE_SHIFTS).and(0xFF).convert(VectorOperators.I2F, 0);
  }

  /** Two groups, which share 32 bytes. */
  private static FloatVector terms(
      MemorySegment w, long at, short[] x, int xAt, float scale0, float scale1, FloatVector sum) {
    ShortVector s = ByteVector.fromMemorySegment(BYTES, w, at, ORDER).reinterpretAsShorts();
    ShortVector lower =
        s.and(NIBBLE)
            .mul(shorts(x, xAt))
            .add(s.lanewise(VectorOperators.LSHR, 8).and(NIBBLE).mul(shorts(x, xAt + 16)));
    ShortVector upper =
        s.lanewise(VectorOperators.LSHR, 4)
            .and(NIBBLE)
            .mul(shorts(x, xAt + 32))
            .add(s.lanewise(VectorOperators.LSHR, 12).mul(shorts(x, xAt + 48)));
    return widen(upper).fma(spread(scale1), widen(lower).fma(spread(scale0), sum));
  }

  @Override
  public void four(Lines lines, RowInput in, int[] rows, float[] out, int[] outRows, int first) {
    for (int i = first; i < first + 4; i++) {
      one(lines, in, rows[i], out, outRows[i]);
    }
  }
}
