package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Quants.BYTES;
import static io.witan.engine.backend.cpu.Quants.FLOATS;
import static io.witan.engine.backend.cpu.Quants.ORDER;
import static io.witan.engine.backend.cpu.Quants.shorts;
import static io.witan.engine.backend.cpu.Quants.spread;
import static io.witan.engine.backend.cpu.Quants.widen;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Q4_K: 256 nibbles in eight groups, each with a 6-bit scale and minimum. The minimums are taken
 * away from the sums of the activations.
 */
final class Q4KRows implements RowKernel {
  private static final int BLOCK_BYTES = 144;
  private static final short NIBBLE = 15;

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
    var scratch = new float[Q4KScales.COUNT];
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
      Q4KScales.decode(w, at, scratch);
      less =
          FloatVector.fromArray(FLOATS, scratch, Q4KScales.MINIMUMS)
              .fma(FloatVector.fromArray(FLOATS, sums, d), less);
      for (int group = 0; group < 8; group++) {
        ShortVector s =
            ByteVector.fromMemorySegment(BYTES, w, at + 16 + 32 * (group >> 1), ORDER)
                .reinterpretAsShorts()
                .lanewise(VectorOperators.LSHR, 4 * (group & 1));
        ShortVector products =
            s.and(NIBBLE)
                .mul(shorts(x, xAt + 32 * group))
                .add(
                    s.lanewise(VectorOperators.LSHR, 8)
                        .and(NIBBLE)
                        .mul(shorts(x, xAt + 32 * group + 16)));
        sum = widen(products).fma(spread(scratch[group] * scales[d + group]), sum);
      }
    }
    return Quants.sum(sum.sub(less), scratch);
  }
}
