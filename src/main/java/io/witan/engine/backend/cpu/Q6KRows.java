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
  private static final short BIT_PAIRS = 0x0303;

  @Override
  public ActivationLayout layout() {
    return ActivationLayout.EVEN_ODD;
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
    for (int block = 0; block < blocks; block++, at += BLOCK_BYTES, xAt += 256, d += 8) {
      float scale = Float.float16ToFloat(w.get(Lanes.SHORT, at + 208));
      for (int part = 0; part < 8; part++) {
        ShortVector nibbles =
            load(w, at + 64 * (part >> 2) + 32 * (part & 1))
                .lanewise(VectorOperators.LSHR, 2 * (part & 2))
                .and(NIBBLES);
        ShortVector pairs =
            load(w, at + 128 + 32 * (part >> 2))
                .lanewise(VectorOperators.LSHR, 2 * (part & 3))
                .and(BIT_PAIRS)
                .lanewise(VectorOperators.LSHL, 4);
        ShortVector numbers =
            nibbles.or(pairs).reinterpretAsBytes().sub((byte) 32).reinterpretAsShorts();
        int to = xAt + 32 * part;
        float group = scale * scales[d + part];
        long groups = at + 192 + 2 * part;
        sum =
            widen(low(numbers).mul(shorts(x, to)).add(high(numbers).mul(shorts(x, to + 16))))
                .fma(
                    halves(
                        group * w.get(ValueLayout.JAVA_BYTE, groups),
                        group * w.get(ValueLayout.JAVA_BYTE, groups + 1)),
                    sum);
      }
    }
    return Quants.sum(sum, scratch);
  }

  private static ShortVector load(MemorySegment w, long at) {
    return ByteVector.fromMemorySegment(BYTES, w, at, ORDER).reinterpretAsShorts();
  }
}
