package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Lanes.COUNT;
import static io.witan.engine.backend.cpu.Lanes.FLOATS;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Q6_K with activations as they are. */
final class FloatQ6KRows implements RowKernel {
  private static final int BLOCK_BYTES = 210;

  @Override
  public ActivationLayout layout() {
    return ActivationLayout.FLOATS;
  }

  @Override
  public void one(Lines lines, RowInput in, int row, float[] out, int outAt) {
    var scratch = new float[COUNT];
    long at = lines.at();
    for (int line = lines.first(); line < lines.last(); line++, at += lines.rowBytes()) {
      out[outAt + line] =
          dot(lines.data(), at, lines.columns(), in.floats(), in.floatsOf(row), scratch);
    }
  }

  private static float dot(
      MemorySegment w, long at, int columns, float[] x, int xAt, float[] scratch) {
    var sum = FloatVector.zero(FLOATS);
    for (int block = 0; block < columns / 256; block++) {
      long from = at + (long) block * BLOCK_BYTES;
      float scale = Float.float16ToFloat(w.get(Lanes.SHORT, from + 208));
      for (int place = 0; place < 64; place += COUNT) {
        int side = place >> 5;
        int j = place & 31;
        var near = Lanes.octets(w, from + 64 * side + j);
        var far = Lanes.octets(w, from + 64 * side + 32 + j);
        var high = Lanes.octets(w, from + 128 + place);
        long groups = from + 192 + 8 * side + j / 16;
        int to = xAt + 256 * block + 128 * side + j;
        sum = term(near.and(15), high, 0, x, to, scale * group(w, groups), sum);
        sum = term(far.and(15), high, 2, x, to + 32, scale * group(w, groups + 2), sum);
        near = near.lanewise(VectorOperators.LSHR, 4);
        far = far.lanewise(VectorOperators.LSHR, 4);
        sum = term(near, high, 4, x, to + 64, scale * group(w, groups + 4), sum);
        sum = term(far, high, 6, x, to + 96, scale * group(w, groups + 6), sum);
      }
    }
    return Lanes.sum(sum, scratch);
  }

  private static byte group(MemorySegment w, long at) {
    return w.get(ValueLayout.JAVA_BYTE, at);
  }

  private static FloatVector term(
      IntVector low, IntVector high, int shift, float[] x, int at, float scale, FloatVector sum) {
    var top = high.lanewise(VectorOperators.LSHR, shift).and(3).lanewise(VectorOperators.LSHL, 4);
    return Lanes.floats(low.or(top).sub(32))
        .mul(FloatVector.fromArray(FLOATS, x, at))
        .fma(FloatVector.broadcast(FLOATS, scale), sum);
  }

  @Override
  public void four(Lines lines, RowInput in, int[] rows, float[] out, int[] outRows, int first) {
    for (int i = first; i < first + 4; i++) {
      one(lines, in, rows[i], out, outRows[i]);
    }
  }
}
