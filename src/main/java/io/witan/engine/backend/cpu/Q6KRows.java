package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Quants.BYTES;
import static io.witan.engine.backend.cpu.Quants.FLOATS;
import static io.witan.engine.backend.cpu.Quants.ORDER;
import static io.witan.engine.backend.cpu.Quants.halves;
import static io.witan.engine.backend.cpu.Quants.high;
import static io.witan.engine.backend.cpu.Quants.low;
import static io.witan.engine.backend.cpu.Quants.shorts;
import static io.witan.engine.backend.cpu.Quants.widen;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/** Q6_K: 256 6-bit numbers, less 32, in sixteen groups with a signed byte as scale. */
final class Q6KRows implements RowKernel {
  private static final int BLOCK_BYTES = 210;
  private static final short NIBBLES = 0x0F0F;
  private static final short BIT_PAIRS = 0x3030;

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
      int d,
      float[] scratch) {
    var sum = FloatVector.zero(FLOATS);
    for (int i = 0; i < 2 * blocks; i++, xAt += 128, d += 4) {
      long start = at + (i >> 1) * (long) BLOCK_BYTES;
      int side = i & 1;
      float scale = Float.float16ToFloat(w.get(Lanes.SHORT, start + 208));
      ShortVector near = load(w, start + 64 * side);
      ShortVector far = load(w, start + 64 * side + 32);
      ShortVector top = load(w, start + 128 + 32 * side);
      long groups = start + 192 + 8 * side;
      sum =
          term(
              near.and(NIBBLES),
              top.lanewise(VectorOperators.LSHL, 4),
              x,
              xAt,
              groupScales(w, groups, scale * scales[d]),
              sum);
      sum =
          term(
              far.and(NIBBLES),
              top.lanewise(VectorOperators.LSHL, 2),
              x,
              xAt + 32,
              groupScales(w, groups + 2, scale * scales[d + 1]),
              sum);
      sum =
          term(
              near.lanewise(VectorOperators.LSHR, 4).and(NIBBLES),
              top,
              x,
              xAt + 64,
              groupScales(w, groups + 4, scale * scales[d + 2]),
              sum);
      sum =
          term(
              far.lanewise(VectorOperators.LSHR, 4).and(NIBBLES),
              top.lanewise(VectorOperators.LSHR, 2),
              x,
              xAt + 96,
              groupScales(w, groups + 6, scale * scales[d + 3]),
              sum);
    }
    return Quants.sum(sum, scratch);
  }

  private static ShortVector load(MemorySegment w, long at) {
    return ByteVector.fromMemorySegment(BYTES, w, at, ORDER).reinterpretAsShorts();
  }

  /** The scales of two neighbouring groups of 16. */
  private static FloatVector groupScales(MemorySegment w, long at, float scale) {
    return halves(
        scale * w.get(ValueLayout.JAVA_BYTE, at), scale * w.get(ValueLayout.JAVA_BYTE, at + 1));
  }

  /** {@code top} holds the two upper bits of each byte's number at bits 4 and 5. */
  private static FloatVector term(
      ShortVector nibbles, ShortVector top, short[] x, int at, FloatVector scale, FloatVector sum) {
    ShortVector numbers =
        nibbles.or(top.and(BIT_PAIRS)).reinterpretAsBytes().sub((byte) 32).reinterpretAsShorts();
    return widen(low(numbers).mul(shorts(x, at)).add(high(numbers).mul(shorts(x, at + 16))))
        .fma(scale, sum);
  }

  @Override
  public void four(Lines lines, RowInput in, int[] rows, float[] out, int[] outRows, int first) {
    for (int i = first; i < first + 4; i++) {
      one(lines, in, rows[i], out, outRows[i]);
    }
  }
}
