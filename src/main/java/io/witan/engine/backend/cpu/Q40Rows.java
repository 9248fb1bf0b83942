package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Quants.BYTES;
import static io.witan.engine.backend.cpu.Quants.FLOATS;
import static io.witan.engine.backend.cpu.Quants.ORDER;
import static io.witan.engine.backend.cpu.Quants.halves;
import static io.witan.engine.backend.cpu.Quants.shorts;
import static io.witan.engine.backend.cpu.Quants.widen;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Q4_0: blocks of 32 nibbles, less 8, behind a half-float scale. Two blocks at a time: their
 * nibbles come into one vector by two overlapping loads. The 8 is taken away once, from the sums of
 * the activations.
 */
final class Q40Rows implements RowKernel {
  private static final int PAIR_BYTES = 36;
  private static final short NIBBLE = 15;
  private static final VectorMask<Byte> FIRST_BLOCK = VectorMask.fromLong(BYTES, 0xFFFFL);

  @Override
  public ActivationLayout layout() {
    return ActivationLayout.NIBBLE_PAIRS;
  }

  @Override
  public void multiply(Lines lines, RowInput in, Rows rows, float[] out, RowTile tile) {
    for (int i = rows.first(); i < rows.first() + rows.count(); i++) {
      one(lines, in, rows.in()[i], out, rows.out()[i]);
    }
  }

  private static void one(Lines lines, RowInput in, int row, float[] out, int outAt) {
    var scratch = new float[8];
    long at = lines.at();
    for (int line = lines.first(); line < lines.last(); line++, at += lines.rowBytes()) {
      out[outAt + line] =
          dot(
              lines.data(),
              at,
              lines.columns() / 32,
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
    float less = 0;
    int block = 0;
    for (; block + 1 < blocks; block += 2, at += PAIR_BYTES) {
      float scale0 = Float.float16ToFloat(w.get(Lanes.SHORT, at));
      float scale1 = Float.float16ToFloat(w.get(Lanes.SHORT, at + 18));
      sum = term(pair(w, at), x, xAt + 32 * block, scale0, scale1, scales, d + block, sum);
      less += scale0 * sums[d + block] + scale1 * sums[d + block + 1];
    }
    if (block < blocks) {
      float scale = Float.float16ToFloat(w.get(Lanes.SHORT, at));
      sum = term(single(w, at), x, xAt + 32 * block, scale, 0, scales, d + block, sum);
      less += scale * sums[d + block];
    }
    return Quants.sum(sum, scratch) - 8 * less;
  }

  /** The nibbles of two blocks. */
  private static ShortVector pair(MemorySegment w, long at) {
    ShortVector first = ByteVector.fromMemorySegment(BYTES, w, at + 2, ORDER).reinterpretAsShorts();
    ShortVector second =
        ByteVector.fromMemorySegment(BYTES, w, at + 4, ORDER).reinterpretAsShorts();
    return first.blend(second, Quants.UPPER_SHORTS);
  }

  /** The nibbles of a last block, which may end the file. */
  private static ShortVector single(MemorySegment w, long at) {
    return ByteVector.fromMemorySegment(BYTES, w, at + 2, ORDER, FIRST_BLOCK).reinterpretAsShorts();
  }

  private static FloatVector term(
      ShortVector s,
      short[] x,
      int at,
      float scale0,
      float scale1,
      float[] scales,
      int d,
      FloatVector sum) {
    ShortVector products =
        s.and(NIBBLE)
            .mul(shorts(x, at))
            .add(s.lanewise(VectorOperators.LSHR, 4).and(NIBBLE).mul(shorts(x, at + 16)))
            .add(s.lanewise(VectorOperators.LSHR, 8).and(NIBBLE).mul(shorts(x, at + 32)))
            .add(s.lanewise(VectorOperators.LSHR, 12).mul(shorts(x, at + 48)));
    return widen(products).fma(halves(scale0 * scales[d], scale1 * scales[d + 1]), sum);
  }
}
