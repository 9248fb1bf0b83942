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

/**
 * Q4_K with four rows: one weight row at a time, for two would need more registers than there are.
 */
final class Q4KWideTiles {
  private static final int LOW_NIBBLES = TiledRows.LOW_NIBBLES;
  private static final int HIGH_NIBBLES = TiledRows.HIGH_NIBBLES;
  private static final int TWO_FIFTY_SIX = TiledRows.TWO_FIFTY_SIX;
  private static final int SIXTEEN = TiledRows.SIXTEEN;

  private Q4KWideTiles() {}

  static void four(
      long at,
      long rowBytes,
      int lines,
      int bytes,
      long x,
      float[] sums,
      int sumsAt,
      float[] scales) {
    var lowMask = IntVector.broadcast(INTS, LOW_NIBBLES);
    var highMask = IntVector.broadcast(INTS, HIGH_NIBBLES);
    var lowBits = IntVector.broadcast(INTS, TWO_FIFTY_SIX);
    var highBits = IntVector.broadcast(INTS, SIXTEEN);
    long rows = NativeMemory.plain(x);
    for (int line = 0; line < lines; line++) {
      long from = NativeMemory.plain(at + line * rowBytes);
      int to = sumsAt + line * 4 * COUNT;
      var even0 = FloatVector.fromArray(FLOATS, sums, to);
      var even1 = FloatVector.fromArray(FLOATS, sums, to + COUNT);
      var even2 = FloatVector.fromArray(FLOATS, sums, to + 2 * COUNT);
      var even3 = FloatVector.fromArray(FLOATS, sums, to + 3 * COUNT);
      var odd0 = FloatVector.zero(FLOATS);
      var odd1 = odd0;
      var odd2 = odd0;
      var odd3 = odd0;
      for (int o = 0; o < bytes; o += 144) {
        long place = rows + 32L * o;
        Q4KScales.decode(from + o, scales, 0);
        for (int group = 0; group < 8; group += 2) {
          long group0 = place + 128 * group;
          int nibbles = o + 16 + 16 * group;
          for (int j = 0; j < 32; j += COUNT) {
            var pairs =
                ((IntVector)
                        ByteVector.fromMemorySegment(BYTES, ALL, from + nibbles + j, ORDER)
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
            even0 =
                low.fma(FloatVector.fromMemorySegment(FLOATS, ALL, group0 + 4 * j, ORDER), even0);
            odd0 =
                high.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, group0 + 4 * j + 128, ORDER), odd0);
            even1 =
                low.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, group0 + 4 * j + 1024, ORDER),
                    even1);
            odd1 =
                high.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, group0 + 4 * j + 1152, ORDER), odd1);
            even2 =
                low.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, group0 + 4 * j + 2048, ORDER),
                    even2);
            odd2 =
                high.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, group0 + 4 * j + 2176, ORDER), odd2);
            even3 =
                low.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, group0 + 4 * j + 3072, ORDER),
                    even3);
            odd3 =
                high.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, group0 + 4 * j + 3200, ORDER), odd3);
          }
        }
      }
      even0.add(odd0).intoArray(sums, to);
      even1.add(odd1).intoArray(sums, to + COUNT);
      even2.add(odd2).intoArray(sums, to + 2 * COUNT);
      even3.add(odd3).intoArray(sums, to + 3 * COUNT);
    }
  }
}
