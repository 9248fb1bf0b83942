package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Lanes.COUNT;
import static io.witan.engine.backend.cpu.Lanes.FLOATS;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
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
      for (int part = 0; part < 8; part++) {
        long low = from + 64 * (part >> 2) + 32 * (part & 1);
        long high = from + 128 + 32 * (part >> 2);
        for (int j = 0; j < 32; j += COUNT) {
          var nibbles =
              Lanes.octets(w, low + j).lanewise(VectorOperators.LSHR, 2 * (part & 2)).and(15);
          var pairs =
              Lanes.octets(w, high + j)
                  .lanewise(VectorOperators.LSHR, 2 * (part & 3))
                  .and(3)
                  .lanewise(VectorOperators.LSHL, 4);
          float group = scale * w.get(ValueLayout.JAVA_BYTE, from + 192 + 2 * part + j / 16);
          sum =
              Lanes.floats(nibbles.or(pairs).sub(32))
                  .mul(FloatVector.fromArray(FLOATS, x, xAt + 256 * block + 32 * part + j))
                  .fma(FloatVector.broadcast(FLOATS, group), sum);
        }
      }
    }
    return Lanes.sum(sum, scratch);
  }

  @Override
  public void four(Lines lines, RowInput in, int[] rows, float[] out, int[] outRows, int first) {
    for (int i = first; i < first + 4; i++) {
      one(lines, in, rows[i], out, outRows[i]);
    }
  }
}
