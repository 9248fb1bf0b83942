package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Lanes.BYTES;
import static io.witan.engine.backend.cpu.Lanes.COUNT;
import static io.witan.engine.backend.cpu.Lanes.FLOATS;
import static io.witan.engine.backend.cpu.Lanes.INTS;
import static io.witan.engine.backend.cpu.Lanes.ORDER;
import static io.witan.engine.backend.cpu.NativeMemory.ALL;

import io.witan.engine.tensor.TensorFormat;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** Q8_0: blocks of 32 signed bytes behind a half-float scale. */
final class Q80Rows extends TiledRows {
  /** 32 times the bytes of a block: a shift away from its place. */
  private static final int SPACING = 32 * 34;

  Q80Rows() {
    super(TensorFormat.Q8_0);
  }

  @Override
  float scaleOfSums() {
    return HALF_SCALE;
  }

  @Override
  void pack(RowTile tile, RowInput in, Rows rows, int width, int columns) {
    tile.pack(in, rows, width, columns, 32, SPACING);
  }

  @Override
  void one(long at, long other, long rowBytes, int lines, int bytes, RowTile tile, long x) {
    one(at, other, rowBytes, lines, bytes, x, tile.sums);
  }

  @Override
  void two(long at, long other, long rowBytes, int lines, int bytes, RowTile tile, long x) {
    Q80Tiles.two(at, other, rowBytes, lines, bytes, x, tile.sums);
  }

  @Override
  void three(long at, long other, long rowBytes, int lines, int bytes, RowTile tile, long x) {
    Q80Tiles.three(at, other, rowBytes, lines, bytes, x, tile.sums);
  }

  @Override
  void four(long at, long other, long rowBytes, int lines, int bytes, RowTile tile, long x) {
    Q80Tiles.four(at, other, rowBytes, lines, bytes, x, tile.sums);
  }

  private static void one(
      long at, long other, long rowBytes, int lines, int bytes, long x, float[] sums) {
    long rows = NativeMemory.plain(x);
    for (int line = 0; line < lines; line++) {
      long first = NativeMemory.plain(at + line * rowBytes);
      long second = NativeMemory.plain(other + line * rowBytes);
      int to = line * COUNT;
      int beyond = to + RowTile.LINES * COUNT;
      var sum0 = FloatVector.fromArray(FLOATS, sums, to);
      var sum1 = FloatVector.fromArray(FLOATS, sums, beyond);
      for (int o = 0; o < bytes; o += 34) {
        long place = rows + 32L * o;
        var part0 = FloatVector.zero(FLOATS);
        var part1 = part0;
        for (int j = 0; j < 32; j += COUNT) {
          var activations = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j, ORDER);
          part0 =
              ((FloatVector)
                      ByteVector.fromMemorySegment(BYTES, ALL, first + o + 2 + j, ORDER)
                          .castShape(FLOATS, 0))
                  .fma(activations, part0);
          part1 =
              ((FloatVector)
                      ByteVector.fromMemorySegment(BYTES, ALL, second + o + 2 + j, ORDER)
                          .castShape(FLOATS, 0))
                  .fma(activations, part1);
        }
        sum0 =
            part0.fma(
                IntVector.broadcast(INTS, ALL.get(Lanes.SHORT, first + o) << 13 & HALF_BITS)
                    .reinterpretAsFloats(),
                sum0);
        sum1 =
            part1.fma(
                IntVector.broadcast(INTS, ALL.get(Lanes.SHORT, second + o) << 13 & HALF_BITS)
                    .reinterpretAsFloats(),
                sum1);
      }
      sum0.intoArray(sums, to);
      sum1.intoArray(sums, beyond);
    }
  }
}
