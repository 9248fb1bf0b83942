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
import jdk.incubator.vector.VectorOperators;

/** Q4_0: blocks of 32 nibbles, less 8, behind a half-float scale. */
final class Q40Rows extends TiledRows {
  Q40Rows() {
    super(TensorFormat.Q4_0);
  }

  @Override
  float scaleOfSums() {
    return HALF_SCALE;
  }

  @Override
  void pack(RowTile tile, RowInput in, Rows rows, int width, int columns) {
    int spacing = 18 * (width < 3 ? 32 : 64);
    tile.pack(in, rows, width, columns, spacing, -(256 + 8), -(16 + 8));
  }

  @Override
  void one(long at, long other, long rowBytes, int lines, int bytes, RowTile tile, long x) {
    one(at, other, rowBytes, lines, bytes, x, tile.sums);
  }

  @Override
  void two(long at, long other, long rowBytes, int lines, int bytes, RowTile tile, long x) {
    Q40Tiles.two(at, other, rowBytes, lines, bytes, x, tile.sums);
  }

  @Override
  void three(long at, long other, long rowBytes, int lines, int bytes, RowTile tile, long x) {
    Q40Tiles.three(at, other, rowBytes, lines, bytes, x, tile.sums);
  }

  @Override
  void four(long at, long other, long rowBytes, int lines, int bytes, RowTile tile, long x) {
    Q40Tiles.four(at, other, rowBytes, lines, bytes, x, tile.sums);
  }

  private static void one(
      long at, long other, long rowBytes, int lines, int bytes, long x, float[] sums) {
    var lowMask = IntVector.broadcast(INTS, LOW_NIBBLES);
    var highMask = IntVector.broadcast(INTS, HIGH_NIBBLES);
    var lowBits = IntVector.broadcast(INTS, TWO_FIFTY_SIX);
    var highBits = IntVector.broadcast(INTS, SIXTEEN);
    long rows = NativeMemory.plain(x);
    for (int line = 0; line < lines; line++) {
      long first = NativeMemory.plain(at + line * rowBytes);
      long second = NativeMemory.plain(other + line * rowBytes);
      int to = line * COUNT;
      int beyond = to + RowTile.LINES * COUNT;
      var sum0 = FloatVector.fromArray(FLOATS, sums, to);
      var sum1 = FloatVector.fromArray(FLOATS, sums, beyond);
      for (int o = 0; o < bytes; o += 18) {
        long place = rows + 32L * o;
        var part0 = FloatVector.fromMemorySegment(FLOATS, ALL, place + 128, ORDER);
        var part1 = part0;
        for (int j = 0; j < 16; j += COUNT) {
          var lower = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j, ORDER);
          var upper = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j + 64, ORDER);
          var pairs =
              ((IntVector)
                      ByteVector.fromMemorySegment(BYTES, ALL, first + o + 2 + j, ORDER)
                          .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                  .lanewise(VectorOperators.LSHL, 15);
          part0 = pairs.and(lowMask).or(lowBits).reinterpretAsFloats().fma(lower, part0);
          part0 = pairs.and(highMask).or(highBits).reinterpretAsFloats().fma(upper, part0);
          pairs =
              ((IntVector)
                      ByteVector.fromMemorySegment(BYTES, ALL, second + o + 2 + j, ORDER)
                          .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                  .lanewise(VectorOperators.LSHL, 15);
          part1 = pairs.and(lowMask).or(lowBits).reinterpretAsFloats().fma(lower, part1);
          part1 = pairs.and(highMask).or(highBits).reinterpretAsFloats().fma(upper, part1);
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
