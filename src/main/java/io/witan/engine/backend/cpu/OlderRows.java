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

/**
 * Q4_1, Q5_0 and Q5_1: 32 nibbles at the end of a block that begins with a half-float scale, and
 * before them a minimum, fifth bits, or both.
 */
final class OlderRows extends SingleRows {
  private final int block;
  private final int minimumAt;
  private final int fifthsAt;

  /** Places in a block, 0 for what a format lacks; without a minimum, numbers are less 16. */
  private OlderRows(TensorFormat format, int minimumAt, int fifthsAt) {
    super(format, 32);
    this.block = format.blockBytes();
    this.minimumAt = minimumAt;
    this.fifthsAt = fifthsAt;
  }

  static OlderRows q41() {
    return new OlderRows(TensorFormat.Q4_1, 2, 0);
  }

  static OlderRows q50() {
    return new OlderRows(TensorFormat.Q5_0, 0, 2);
  }

  static OlderRows q51() {
    return new OlderRows(TensorFormat.Q5_1, 2, 4);
  }

  private static float least(long block, int minimumAt, float scale) {
    return minimumAt == 0
        ? -16 * scale
        : Float.float16ToFloat(ALL.get(Lanes.SHORT, block + minimumAt));
  }

  @Override
  void one(
      long at, long rowBytes, int lines, int bytes, long x, RowTile tile, int sumsAt, int spacing) {
    float[] sums = tile.sums;
    var lowMask = IntVector.broadcast(INTS, LOW_NIBBLES);
    var highMask = IntVector.broadcast(INTS, HIGH_NIBBLES);
    var lowFifth = IntVector.broadcast(INTS, LOW_FIFTH);
    var highFifth = IntVector.broadcast(INTS, HIGH_FIFTH);
    var lowBits = IntVector.broadcast(INTS, FIVE_HUNDRED_TWELVE);
    var highBits = IntVector.broadcast(INTS, THIRTY_TWO);
    var lowShifts = IntVector.fromArray(INTS, SHIFTS, 4);
    var highShifts = IntVector.fromArray(INTS, SHIFTS, 0);
    long rows = NativeMemory.plain(x);
    for (int line = 0; line < lines; line++) {
      long from = NativeMemory.plain(at + line * rowBytes);
      int to = sumsAt + line * spacing;
      var even0 = FloatVector.fromArray(FLOATS, sums, to);
      var odd0 = FloatVector.zero(FLOATS);
      for (int o = 0; o < bytes; o += block) {
        long place = rows + 32L * o;
        long nibbles = from + o + block - 16;
        int fifths = fifthsAt == 0 ? 0 : ALL.get(Lanes.INT, from + o + fifthsAt);
        float number = Float.float16ToFloat(ALL.get(Lanes.SHORT, from + o));
        float least = least(from + o, minimumAt, number);
        var scale = FloatVector.broadcast(FLOATS, number);
        var lowLeast = FloatVector.broadcast(FLOATS, least - 512 * number);
        var highLeast = FloatVector.broadcast(FLOATS, least - 32 * number);
        for (int j = 0; j < 16; j += COUNT) {
          long activations = place + 4 * j;
          var pairs =
              ((IntVector)
                      ByteVector.fromMemorySegment(BYTES, ALL, nibbles + j, ORDER)
                          .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                  .lanewise(VectorOperators.LSHL, 14);
          var low =
              pairs
                  .and(lowMask)
                  .or(
                      IntVector.broadcast(INTS, fifths >>> j)
                          .lanewise(VectorOperators.LSHL, lowShifts)
                          .and(lowFifth))
                  .or(lowBits)
                  .reinterpretAsFloats()
                  .fma(scale, lowLeast);
          var high =
              pairs
                  .and(highMask)
                  .or(
                      IntVector.broadcast(INTS, fifths >>> 16 + j)
                          .lanewise(VectorOperators.LSHL, highShifts)
                          .and(highFifth))
                  .or(highBits)
                  .reinterpretAsFloats()
                  .fma(scale, highLeast);
          even0 = low.fma(FloatVector.fromMemorySegment(FLOATS, ALL, activations, ORDER), even0);
          odd0 =
              high.fma(FloatVector.fromMemorySegment(FLOATS, ALL, activations + 64, ORDER), odd0);
        }
      }
      even0.add(odd0).intoArray(sums, to);
    }
  }

  @Override
  void two(
      long at, long rowBytes, int lines, int bytes, long x, RowTile tile, int sumsAt, int spacing) {
    float[] sums = tile.sums;
    var lowMask = IntVector.broadcast(INTS, LOW_NIBBLES);
    var highMask = IntVector.broadcast(INTS, HIGH_NIBBLES);
    var lowFifth = IntVector.broadcast(INTS, LOW_FIFTH);
    var highFifth = IntVector.broadcast(INTS, HIGH_FIFTH);
    var lowBits = IntVector.broadcast(INTS, FIVE_HUNDRED_TWELVE);
    var highBits = IntVector.broadcast(INTS, THIRTY_TWO);
    var lowShifts = IntVector.fromArray(INTS, SHIFTS, 4);
    var highShifts = IntVector.fromArray(INTS, SHIFTS, 0);
    long rows = NativeMemory.plain(x);
    for (int line = 0; line < lines; line++) {
      long from = NativeMemory.plain(at + line * rowBytes);
      int to = sumsAt + line * spacing;
      var even0 = FloatVector.fromArray(FLOATS, sums, to);
      var even1 = FloatVector.fromArray(FLOATS, sums, to + 1 * COUNT);
      var odd0 = FloatVector.zero(FLOATS);
      var odd1 = odd0;
      for (int o = 0; o < bytes; o += block) {
        long place = rows + 32L * o;
        long nibbles = from + o + block - 16;
        int fifths = fifthsAt == 0 ? 0 : ALL.get(Lanes.INT, from + o + fifthsAt);
        float number = Float.float16ToFloat(ALL.get(Lanes.SHORT, from + o));
        float least = least(from + o, minimumAt, number);
        var scale = FloatVector.broadcast(FLOATS, number);
        var lowLeast = FloatVector.broadcast(FLOATS, least - 512 * number);
        var highLeast = FloatVector.broadcast(FLOATS, least - 32 * number);
        for (int j = 0; j < 16; j += COUNT) {
          long activations = place + 4 * j;
          var pairs =
              ((IntVector)
                      ByteVector.fromMemorySegment(BYTES, ALL, nibbles + j, ORDER)
                          .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                  .lanewise(VectorOperators.LSHL, 14);
          var low =
              pairs
                  .and(lowMask)
                  .or(
                      IntVector.broadcast(INTS, fifths >>> j)
                          .lanewise(VectorOperators.LSHL, lowShifts)
                          .and(lowFifth))
                  .or(lowBits)
                  .reinterpretAsFloats()
                  .fma(scale, lowLeast);
          var high =
              pairs
                  .and(highMask)
                  .or(
                      IntVector.broadcast(INTS, fifths >>> 16 + j)
                          .lanewise(VectorOperators.LSHL, highShifts)
                          .and(highFifth))
                  .or(highBits)
                  .reinterpretAsFloats()
                  .fma(scale, highLeast);
          even0 = low.fma(FloatVector.fromMemorySegment(FLOATS, ALL, activations, ORDER), even0);
          odd0 =
              high.fma(FloatVector.fromMemorySegment(FLOATS, ALL, activations + 64, ORDER), odd0);
          even1 =
              low.fma(FloatVector.fromMemorySegment(FLOATS, ALL, activations + 128, ORDER), even1);
          odd1 =
              high.fma(FloatVector.fromMemorySegment(FLOATS, ALL, activations + 192, ORDER), odd1);
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
    var lowMask = IntVector.broadcast(INTS, LOW_NIBBLES);
    var highMask = IntVector.broadcast(INTS, HIGH_NIBBLES);
    var lowFifth = IntVector.broadcast(INTS, LOW_FIFTH);
    var highFifth = IntVector.broadcast(INTS, HIGH_FIFTH);
    var lowBits = IntVector.broadcast(INTS, FIVE_HUNDRED_TWELVE);
    var highBits = IntVector.broadcast(INTS, THIRTY_TWO);
    var lowShifts = IntVector.fromArray(INTS, SHIFTS, 4);
    var highShifts = IntVector.fromArray(INTS, SHIFTS, 0);
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
      for (int o = 0; o < bytes; o += block) {
        long place = rows + 32L * o;
        long nibbles = from + o + block - 16;
        int fifths = fifthsAt == 0 ? 0 : ALL.get(Lanes.INT, from + o + fifthsAt);
        float number = Float.float16ToFloat(ALL.get(Lanes.SHORT, from + o));
        float least = least(from + o, minimumAt, number);
        var scale = FloatVector.broadcast(FLOATS, number);
        var lowLeast = FloatVector.broadcast(FLOATS, least - 512 * number);
        var highLeast = FloatVector.broadcast(FLOATS, least - 32 * number);
        for (int j = 0; j < 16; j += COUNT) {
          long activations = place + 4 * j;
          var pairs =
              ((IntVector)
                      ByteVector.fromMemorySegment(BYTES, ALL, nibbles + j, ORDER)
                          .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                  .lanewise(VectorOperators.LSHL, 14);
          var low =
              pairs
                  .and(lowMask)
                  .or(
                      IntVector.broadcast(INTS, fifths >>> j)
                          .lanewise(VectorOperators.LSHL, lowShifts)
                          .and(lowFifth))
                  .or(lowBits)
                  .reinterpretAsFloats()
                  .fma(scale, lowLeast);
          var high =
              pairs
                  .and(highMask)
                  .or(
                      IntVector.broadcast(INTS, fifths >>> 16 + j)
                          .lanewise(VectorOperators.LSHL, highShifts)
                          .and(highFifth))
                  .or(highBits)
                  .reinterpretAsFloats()
                  .fma(scale, highLeast);
          even0 = low.fma(FloatVector.fromMemorySegment(FLOATS, ALL, activations, ORDER), even0);
          odd0 =
              high.fma(FloatVector.fromMemorySegment(FLOATS, ALL, activations + 64, ORDER), odd0);
          even1 =
              low.fma(FloatVector.fromMemorySegment(FLOATS, ALL, activations + 128, ORDER), even1);
          odd1 =
              high.fma(FloatVector.fromMemorySegment(FLOATS, ALL, activations + 192, ORDER), odd1);
          even2 =
              low.fma(FloatVector.fromMemorySegment(FLOATS, ALL, activations + 256, ORDER), even2);
          odd2 =
              high.fma(FloatVector.fromMemorySegment(FLOATS, ALL, activations + 320, ORDER), odd2);
          even3 =
              low.fma(FloatVector.fromMemorySegment(FLOATS, ALL, activations + 384, ORDER), even3);
          odd3 =
              high.fma(FloatVector.fromMemorySegment(FLOATS, ALL, activations + 448, ORDER), odd3);
        }
      }
      even0.add(odd0).intoArray(sums, to);
      even1.add(odd1).intoArray(sums, to + 1 * COUNT);
      even2.add(odd2).intoArray(sums, to + 2 * COUNT);
      even3.add(odd3).intoArray(sums, to + 3 * COUNT);
    }
  }
}
