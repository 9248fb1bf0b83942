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

/** Q4_K: 256 nibbles in eight groups, each with a 6-bit scale and minimum. */
final class Q4KRows extends TiledRows {
  Q4KRows() {
    super(TensorFormat.Q4_K);
  }

  @Override
  void pack(RowTile tile, RowInput in, Rows rows, int width, int columns) {
    tile.pack(in, rows, width, columns, 256, 144 * (width < 3 ? 8 * width : 32));
  }

  @Override
  void one(long at, long other, long rowBytes, int lines, int bytes, RowTile tile, long x) {
    one(at, other, rowBytes, lines, bytes, x, tile.sums, tile.scales);
  }

  @Override
  void two(long at, long other, long rowBytes, int lines, int bytes, RowTile tile, long x) {
    Q4KTiles.two(at, other, rowBytes, lines, bytes, x, tile.sums, tile.scales);
  }

  @Override
  void three(long at, long other, long rowBytes, int lines, int bytes, RowTile tile, long x) {
    Q4KTiles.three(at, other, rowBytes, lines, bytes, x, tile.sums, tile.scales);
  }

  @Override
  void four(long at, long other, long rowBytes, int lines, int bytes, RowTile tile, long x) {
    Q4KWideTiles.four(at, rowBytes, lines, bytes, x, tile.sums, 0, tile.scales);
    Q4KWideTiles.four(
        other, rowBytes, lines, bytes, x, tile.sums, 4 * RowTile.LINES * COUNT, tile.scales);
  }

  private static void one(
      long at,
      long other,
      long rowBytes,
      int lines,
      int bytes,
      long x,
      float[] sums,
      float[] scales) {
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
      var even0 = FloatVector.fromArray(FLOATS, sums, to);
      var even1 = FloatVector.fromArray(FLOATS, sums, beyond);
      var odd0 = FloatVector.zero(FLOATS);
      var odd1 = odd0;
      for (int o = 0; o < bytes; o += 144) {
        long place = rows + 8L * o;
        Q4KScales.decode(first + o, scales, 0);
        Q4KScales.decode(second + o, scales, 16);
        for (int group = 0; group < 8; group += 2) {
          long group0 = place + 128 * group;
          int nibbles = o + 16 + 16 * group;
          for (int j = 0; j < 32; j += COUNT) {
            var lower = FloatVector.fromMemorySegment(FLOATS, ALL, group0 + 4 * j, ORDER);
            var upper = FloatVector.fromMemorySegment(FLOATS, ALL, group0 + 4 * j + 128, ORDER);
            var pairs =
                ((IntVector)
                        ByteVector.fromMemorySegment(BYTES, ALL, first + nibbles + j, ORDER)
                            .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                    .lanewise(VectorOperators.LSHL, 15);
            var low =
                pairs
                    .and(lowMask)
                    .or(lowBits)
                    .reinterpretAsFloats()
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group]),
                        FloatVector.broadcast(FLOATS, scales[group + 8]));
            var high =
                pairs
                    .and(highMask)
                    .or(highBits)
                    .reinterpretAsFloats()
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group + 1]),
                        FloatVector.broadcast(FLOATS, scales[group + 9]));
            even0 = low.fma(lower, even0);
            odd0 = high.fma(upper, odd0);
            pairs =
                ((IntVector)
                        ByteVector.fromMemorySegment(BYTES, ALL, second + nibbles + j, ORDER)
                            .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                    .lanewise(VectorOperators.LSHL, 15);
            low =
                pairs
                    .and(lowMask)
                    .or(lowBits)
                    .reinterpretAsFloats()
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group + 16]),
                        FloatVector.broadcast(FLOATS, scales[group + 24]));
            high =
                pairs
                    .and(highMask)
                    .or(highBits)
                    .reinterpretAsFloats()
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group + 17]),
                        FloatVector.broadcast(FLOATS, scales[group + 25]));
            even1 = low.fma(lower, even1);
            odd1 = high.fma(upper, odd1);
          }
        }
      }
      even0.add(odd0).intoArray(sums, to);
      even1.add(odd1).intoArray(sums, beyond);
    }
  }
}
