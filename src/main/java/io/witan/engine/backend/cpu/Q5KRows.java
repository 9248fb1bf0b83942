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

/** Q5_K: as Q4_K, with the fifth bits of eight groups in 32 bytes before the nibbles. */
final class Q5KRows extends SingleRows {
  Q5KRows() {
    super(TensorFormat.Q5_K, 256);
  }

  @Override
  void one(
      long at, long rowBytes, int lines, int bytes, long x, RowTile tile, int sumsAt, int spacing) {
    float[] sums = tile.sums;
    float[] scales = tile.scales;
    var lowMask = IntVector.broadcast(INTS, LOW_NIBBLES);
    var highMask = IntVector.broadcast(INTS, HIGH_NIBBLES);
    var lowFifth = IntVector.broadcast(INTS, LOW_FIFTH);
    var highFifth = IntVector.broadcast(INTS, HIGH_FIFTH);
    var lowBits = IntVector.broadcast(INTS, FIVE_HUNDRED_TWELVE);
    var highBits = IntVector.broadcast(INTS, THIRTY_TWO);
    long rows = NativeMemory.plain(x);
    for (int line = 0; line < lines; line++) {
      long from = NativeMemory.plain(at + line * rowBytes);
      int to = sumsAt + line * spacing;
      var even0 = FloatVector.fromArray(FLOATS, sums, to);
      var odd0 = FloatVector.zero(FLOATS);
      for (int o = 0; o < bytes; o += 176) {
        long place = rows + 32L * o;
        Q4KScales.decodeFiveBits(from + o, scales, 0);
        for (int j = 0; j < 32; j += COUNT) {
          var fifths =
              ((IntVector)
                      ByteVector.fromMemorySegment(BYTES, ALL, from + o + 16 + j, ORDER)
                          .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                  .lanewise(VectorOperators.LSHL, 18);
          for (int group = 0; group < 8; group += 2) {
            long activations = place + 128 * group + 4 * j;
            var pairs =
                ((IntVector)
                        ByteVector.fromMemorySegment(
                                BYTES, ALL, from + o + 48 + 16 * group + j, ORDER)
                            .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                    .lanewise(VectorOperators.LSHL, 14);
            var low =
                pairs
                    .and(lowMask)
                    .or(fifths.and(lowFifth))
                    .or(lowBits)
                    .reinterpretAsFloats()
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group]),
                        FloatVector.broadcast(FLOATS, scales[group + 8]));
            var high =
                pairs
                    .and(highMask)
                    .or(fifths.lanewise(VectorOperators.LSHL, 3).and(highFifth))
                    .or(highBits)
                    .reinterpretAsFloats()
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group + 1]),
                        FloatVector.broadcast(FLOATS, scales[group + 9]));
            even0 = low.fma(FloatVector.fromMemorySegment(FLOATS, ALL, activations, ORDER), even0);
            odd0 =
                high.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, activations + 128, ORDER), odd0);

            fifths = fifths.lanewise(VectorOperators.LSHR, 2);
          }
        }
      }
      even0.add(odd0).intoArray(sums, to);
    }
  }

  @Override
  void two(
      long at, long rowBytes, int lines, int bytes, long x, RowTile tile, int sumsAt, int spacing) {
    float[] sums = tile.sums;
    float[] scales = tile.scales;
    var lowMask = IntVector.broadcast(INTS, LOW_NIBBLES);
    var highMask = IntVector.broadcast(INTS, HIGH_NIBBLES);
    var lowFifth = IntVector.broadcast(INTS, LOW_FIFTH);
    var highFifth = IntVector.broadcast(INTS, HIGH_FIFTH);
    var lowBits = IntVector.broadcast(INTS, FIVE_HUNDRED_TWELVE);
    var highBits = IntVector.broadcast(INTS, THIRTY_TWO);
    long rows = NativeMemory.plain(x);
    for (int line = 0; line < lines; line++) {
      long from = NativeMemory.plain(at + line * rowBytes);
      int to = sumsAt + line * spacing;
      var even0 = FloatVector.fromArray(FLOATS, sums, to);
      var even1 = FloatVector.fromArray(FLOATS, sums, to + 1 * COUNT);
      var odd0 = FloatVector.zero(FLOATS);
      var odd1 = odd0;
      for (int o = 0; o < bytes; o += 176) {
        long place = rows + 32L * o;
        Q4KScales.decodeFiveBits(from + o, scales, 0);
        for (int j = 0; j < 32; j += COUNT) {
          var fifths =
              ((IntVector)
                      ByteVector.fromMemorySegment(BYTES, ALL, from + o + 16 + j, ORDER)
                          .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                  .lanewise(VectorOperators.LSHL, 18);
          for (int group = 0; group < 8; group += 2) {
            long activations = place + 128 * group + 4 * j;
            var pairs =
                ((IntVector)
                        ByteVector.fromMemorySegment(
                                BYTES, ALL, from + o + 48 + 16 * group + j, ORDER)
                            .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                    .lanewise(VectorOperators.LSHL, 14);
            var low =
                pairs
                    .and(lowMask)
                    .or(fifths.and(lowFifth))
                    .or(lowBits)
                    .reinterpretAsFloats()
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group]),
                        FloatVector.broadcast(FLOATS, scales[group + 8]));
            var high =
                pairs
                    .and(highMask)
                    .or(fifths.lanewise(VectorOperators.LSHL, 3).and(highFifth))
                    .or(highBits)
                    .reinterpretAsFloats()
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group + 1]),
                        FloatVector.broadcast(FLOATS, scales[group + 9]));
            even0 = low.fma(FloatVector.fromMemorySegment(FLOATS, ALL, activations, ORDER), even0);
            odd0 =
                high.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, activations + 128, ORDER), odd0);
            even1 =
                low.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, activations + 1024, ORDER), even1);
            odd1 =
                high.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, activations + 1152, ORDER), odd1);

            fifths = fifths.lanewise(VectorOperators.LSHR, 2);
          }
        }
      }
      even0.add(odd0).intoArray(sums, to);
      even1.add(odd1).intoArray(sums, to + 1 * COUNT);
    }
  }

  @Override
  void four(
      long at, long rowBytes, int lines, int bytes, long x, RowTile tile, int sumsAt, int spacing) {
    float[] sums = tile.sums;
    float[] scales = tile.scales;
    var lowMask = IntVector.broadcast(INTS, LOW_NIBBLES);
    var highMask = IntVector.broadcast(INTS, HIGH_NIBBLES);
    var lowFifth = IntVector.broadcast(INTS, LOW_FIFTH);
    var highFifth = IntVector.broadcast(INTS, HIGH_FIFTH);
    var lowBits = IntVector.broadcast(INTS, FIVE_HUNDRED_TWELVE);
    var highBits = IntVector.broadcast(INTS, THIRTY_TWO);
    long rows = NativeMemory.plain(x);
    for (int line = 0; line < lines; line++) {
      long from = NativeMemory.plain(at + line * rowBytes);
      int to = sumsAt + line * spacing;
      var even0 = FloatVector.fromArray(FLOATS, sums, to);
      var even1 = FloatVector.fromArray(FLOATS, sums, to + 1 * COUNT);
      var even2 = FloatVector.fromArray(FLOATS, sums, to + 2 * COUNT);
      var even3 = FloatVector.fromArray(FLOATS, sums, to + 3 * COUNT);
      var odd0 = FloatVector.zero(FLOATS);
      var odd1 = odd0;
      var odd2 = odd0;
      var odd3 = odd0;
      for (int o = 0; o < bytes; o += 176) {
        long place = rows + 32L * o;
        Q4KScales.decodeFiveBits(from + o, scales, 0);
        for (int j = 0; j < 32; j += COUNT) {
          var fifths =
              ((IntVector)
                      ByteVector.fromMemorySegment(BYTES, ALL, from + o + 16 + j, ORDER)
                          .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                  .lanewise(VectorOperators.LSHL, 18);
          for (int group = 0; group < 8; group += 2) {
            long activations = place + 128 * group + 4 * j;
            var pairs =
                ((IntVector)
                        ByteVector.fromMemorySegment(
                                BYTES, ALL, from + o + 48 + 16 * group + j, ORDER)
                            .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                    .lanewise(VectorOperators.LSHL, 14);
            var low =
                pairs
                    .and(lowMask)
                    .or(fifths.and(lowFifth))
                    .or(lowBits)
                    .reinterpretAsFloats()
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group]),
                        FloatVector.broadcast(FLOATS, scales[group + 8]));
            var high =
                pairs
                    .and(highMask)
                    .or(fifths.lanewise(VectorOperators.LSHL, 3).and(highFifth))
                    .or(highBits)
                    .reinterpretAsFloats()
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group + 1]),
                        FloatVector.broadcast(FLOATS, scales[group + 9]));
            even0 = low.fma(FloatVector.fromMemorySegment(FLOATS, ALL, activations, ORDER), even0);
            odd0 =
                high.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, activations + 128, ORDER), odd0);
            even1 =
                low.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, activations + 1024, ORDER), even1);
            odd1 =
                high.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, activations + 1152, ORDER), odd1);
            even2 =
                low.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, activations + 2048, ORDER), even2);
            odd2 =
                high.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, activations + 2176, ORDER), odd2);
            even3 =
                low.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, activations + 3072, ORDER), even3);
            odd3 =
                high.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, activations + 3200, ORDER), odd3);

            fifths = fifths.lanewise(VectorOperators.LSHR, 2);
          }
        }
      }
      even0.add(odd0).intoArray(sums, to);
      even1.add(odd1).intoArray(sums, to + 1 * COUNT);
      even2.add(odd2).intoArray(sums, to + 2 * COUNT);
      even3.add(odd3).intoArray(sums, to + 3 * COUNT);
    }
  }
}
