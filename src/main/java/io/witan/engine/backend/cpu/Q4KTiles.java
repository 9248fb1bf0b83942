package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Lanes.BYTES;
import static io.witan.engine.backend.cpu.Lanes.COUNT;
import static io.witan.engine.backend.cpu.Lanes.FLOATS;
import static io.witan.engine.backend.cpu.Lanes.INTS;
import static io.witan.engine.backend.cpu.Lanes.ORDER;
import static io.witan.engine.backend.cpu.NativeMemory.ALL;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Q4_K with two rows and with three. */
final class Q4KTiles {
  private static final int LOW_NIBBLES = TiledRows.LOW_NIBBLES;
  private static final int HIGH_NIBBLES = TiledRows.HIGH_NIBBLES;
  private static final int TWO_FIFTY_SIX = TiledRows.TWO_FIFTY_SIX;
  private static final int SIXTEEN = TiledRows.SIXTEEN;

  private Q4KTiles() {}

  static void two(
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
      int to = line * 2 * COUNT;
      int beyond = to + RowTile.LINES * 2 * COUNT;
      var even0 = FloatVector.fromArray(FLOATS, sums, to);
      var even1 = FloatVector.fromArray(FLOATS, sums, to + COUNT);
      var even2 = FloatVector.fromArray(FLOATS, sums, beyond);
      var even3 = FloatVector.fromArray(FLOATS, sums, beyond + COUNT);
      var odd0 = FloatVector.zero(FLOATS);
      var odd1 = odd0;
      var odd2 = odd0;
      var odd3 = odd0;
      for (int o = 0; o < bytes; o += 144) {
        long place = rows + 16L * o;
        Q4KScales.decode(first + o, scales, 0);
        Q4KScales.decode(second + o, scales, 16);
        for (int group = 0; group < 8; group += 2) {
          long group0 = place + 128 * group;
          int nibbles = o + 16 + 16 * group;
          for (int j = 0; j < 32; j += COUNT) {
            var pairs0 =
                ((IntVector)
                        ByteVector.fromMemorySegment(BYTES, ALL, first + nibbles + j, ORDER)
                            .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                    .lanewise(VectorOperators.LSHL, 15);
            var pairs1 =
                ((IntVector)
                        ByteVector.fromMemorySegment(BYTES, ALL, second + nibbles + j, ORDER)
                            .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                    .lanewise(VectorOperators.LSHL, 15);
            var weights0 =
                pairs0
                    .and(lowMask)
                    .or(lowBits)
                    .reinterpretAsFloats()
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group]),
                        FloatVector.broadcast(FLOATS, scales[group + 8]));
            var weights1 =
                pairs1
                    .and(lowMask)
                    .or(lowBits)
                    .reinterpretAsFloats()
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group + 16]),
                        FloatVector.broadcast(FLOATS, scales[group + 24]));
            var activations = FloatVector.fromMemorySegment(FLOATS, ALL, group0 + 4 * j, ORDER);
            even0 = weights0.fma(activations, even0);
            even2 = weights1.fma(activations, even2);
            activations = FloatVector.fromMemorySegment(FLOATS, ALL, group0 + 4 * j + 1024, ORDER);
            even1 = weights0.fma(activations, even1);
            even3 = weights1.fma(activations, even3);
            weights0 =
                pairs0
                    .and(highMask)
                    .or(highBits)
                    .reinterpretAsFloats()
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group + 1]),
                        FloatVector.broadcast(FLOATS, scales[group + 9]));
            weights1 =
                pairs1
                    .and(highMask)
                    .or(highBits)
                    .reinterpretAsFloats()
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group + 17]),
                        FloatVector.broadcast(FLOATS, scales[group + 25]));
            activations = FloatVector.fromMemorySegment(FLOATS, ALL, group0 + 4 * j + 128, ORDER);
            odd0 = weights0.fma(activations, odd0);
            odd2 = weights1.fma(activations, odd2);
            activations = FloatVector.fromMemorySegment(FLOATS, ALL, group0 + 4 * j + 1152, ORDER);
            odd1 = weights0.fma(activations, odd1);
            odd3 = weights1.fma(activations, odd3);
          }
        }
      }
      even0.add(odd0).intoArray(sums, to);
      even1.add(odd1).intoArray(sums, to + COUNT);
      even2.add(odd2).intoArray(sums, beyond);
      even3.add(odd3).intoArray(sums, beyond + COUNT);
    }
  }

  static void three(
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
      int to = line * 3 * COUNT;
      int beyond = to + RowTile.LINES * 3 * COUNT;
      var even0 = FloatVector.fromArray(FLOATS, sums, to);
      var even1 = FloatVector.fromArray(FLOATS, sums, to + COUNT);
      var even2 = FloatVector.fromArray(FLOATS, sums, to + 2 * COUNT);
      var even3 = FloatVector.fromArray(FLOATS, sums, beyond);
      var even4 = FloatVector.fromArray(FLOATS, sums, beyond + COUNT);
      var even5 = FloatVector.fromArray(FLOATS, sums, beyond + 2 * COUNT);
      var odd0 = FloatVector.zero(FLOATS);
      var odd1 = odd0;
      var odd2 = odd0;
      var odd3 = odd0;
      var odd4 = odd0;
      var odd5 = odd0;
      for (int o = 0; o < bytes; o += 144) {
        long place = rows + 32L * o;
        Q4KScales.decode(first + o, scales, 0);
        Q4KScales.decode(second + o, scales, 16);
        for (int group = 0; group < 8; group += 2) {
          long group0 = place + 128 * group;
          int nibbles = o + 16 + 16 * group;
          for (int j = 0; j < 32; j += COUNT) {
            var pairs0 =
                ((IntVector)
                        ByteVector.fromMemorySegment(BYTES, ALL, first + nibbles + j, ORDER)
                            .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                    .lanewise(VectorOperators.LSHL, 15);
            var pairs1 =
                ((IntVector)
                        ByteVector.fromMemorySegment(BYTES, ALL, second + nibbles + j, ORDER)
                            .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                    .lanewise(VectorOperators.LSHL, 15);
            var weights0 =
                pairs0
                    .and(lowMask)
                    .or(lowBits)
                    .reinterpretAsFloats()
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group]),
                        FloatVector.broadcast(FLOATS, scales[group + 8]));
            var weights1 =
                pairs1
                    .and(lowMask)
                    .or(lowBits)
                    .reinterpretAsFloats()
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group + 16]),
                        FloatVector.broadcast(FLOATS, scales[group + 24]));
            var activations = FloatVector.fromMemorySegment(FLOATS, ALL, group0 + 4 * j, ORDER);
            even0 = weights0.fma(activations, even0);
            even3 = weights1.fma(activations, even3);
            activations = FloatVector.fromMemorySegment(FLOATS, ALL, group0 + 4 * j + 1024, ORDER);
            even1 = weights0.fma(activations, even1);
            even4 = weights1.fma(activations, even4);
            activations = FloatVector.fromMemorySegment(FLOATS, ALL, group0 + 4 * j + 2048, ORDER);
            even2 = weights0.fma(activations, even2);
            even5 = weights1.fma(activations, even5);
            weights0 =
                pairs0
                    .and(highMask)
                    .or(highBits)
                    .reinterpretAsFloats()
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group + 1]),
                        FloatVector.broadcast(FLOATS, scales[group + 9]));
            weights1 =
                pairs1
                    .and(highMask)
                    .or(highBits)
                    .reinterpretAsFloats()
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group + 17]),
                        FloatVector.broadcast(FLOATS, scales[group + 25]));
            activations = FloatVector.fromMemorySegment(FLOATS, ALL, group0 + 4 * j + 128, ORDER);
            odd0 = weights0.fma(activations, odd0);
            odd3 = weights1.fma(activations, odd3);
            activations = FloatVector.fromMemorySegment(FLOATS, ALL, group0 + 4 * j + 1152, ORDER);
            odd1 = weights0.fma(activations, odd1);
            odd4 = weights1.fma(activations, odd4);
            activations = FloatVector.fromMemorySegment(FLOATS, ALL, group0 + 4 * j + 2176, ORDER);
            odd2 = weights0.fma(activations, odd2);
            odd5 = weights1.fma(activations, odd5);
          }
        }
      }
      even0.add(odd0).intoArray(sums, to);
      even1.add(odd1).intoArray(sums, to + COUNT);
      even2.add(odd2).intoArray(sums, to + 2 * COUNT);
      even3.add(odd3).intoArray(sums, beyond);
      even4.add(odd4).intoArray(sums, beyond + COUNT);
      even5.add(odd5).intoArray(sums, beyond + 2 * COUNT);
    }
  }
}
