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

/** Q4_0 with two, three and four rows. */
final class Q40Tiles {
  private static final int LOW_NIBBLES = TiledRows.LOW_NIBBLES;
  private static final int HIGH_NIBBLES = TiledRows.HIGH_NIBBLES;
  private static final int TWO_FIFTY_SIX = TiledRows.TWO_FIFTY_SIX;
  private static final int SIXTEEN = TiledRows.SIXTEEN;
  private static final int HALF_BITS = TiledRows.HALF_BITS;

  private Q40Tiles() {}

  static void two(long at, long other, long rowBytes, int lines, int bytes, long x, float[] sums) {
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
      var sum0 = FloatVector.fromArray(FLOATS, sums, to);
      var sum1 = FloatVector.fromArray(FLOATS, sums, to + COUNT);
      var sum2 = FloatVector.fromArray(FLOATS, sums, beyond);
      var sum3 = FloatVector.fromArray(FLOATS, sums, beyond + COUNT);
      for (int o = 0; o < bytes; o += 18) {
        long place = rows + 32L * o;
        var part0 = FloatVector.fromMemorySegment(FLOATS, ALL, place + 128, ORDER);
        var part1 = FloatVector.fromMemorySegment(FLOATS, ALL, place + 320, ORDER);
        var part2 = part0;
        var part3 = part1;
        for (int j = 0; j < 16; j += COUNT) {
          var pairs =
              ((IntVector)
                      ByteVector.fromMemorySegment(BYTES, ALL, first + o + 2 + j, ORDER)
                          .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                  .lanewise(VectorOperators.LSHL, 15);
          var low0 = pairs.and(lowMask).or(lowBits).reinterpretAsFloats();
          var high0 = pairs.and(highMask).or(highBits).reinterpretAsFloats();
          pairs =
              ((IntVector)
                      ByteVector.fromMemorySegment(BYTES, ALL, second + o + 2 + j, ORDER)
                          .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                  .lanewise(VectorOperators.LSHL, 15);
          var low1 = pairs.and(lowMask).or(lowBits).reinterpretAsFloats();
          var high1 = pairs.and(highMask).or(highBits).reinterpretAsFloats();
          var lower = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j, ORDER);
          var upper = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j + 64, ORDER);
          part0 = high0.fma(upper, low0.fma(lower, part0));
          part2 = high1.fma(upper, low1.fma(lower, part2));
          lower = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j + 192, ORDER);
          upper = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j + 256, ORDER);
          part1 = high0.fma(upper, low0.fma(lower, part1));
          part3 = high1.fma(upper, low1.fma(lower, part3));
        }
        var scale =
            IntVector.broadcast(INTS, ALL.get(Lanes.SHORT, first + o) << 13 & HALF_BITS)
                .reinterpretAsFloats();
        sum0 = part0.fma(scale, sum0);
        sum1 = part1.fma(scale, sum1);
        scale =
            IntVector.broadcast(INTS, ALL.get(Lanes.SHORT, second + o) << 13 & HALF_BITS)
                .reinterpretAsFloats();
        sum2 = part2.fma(scale, sum2);
        sum3 = part3.fma(scale, sum3);
      }
      sum0.intoArray(sums, to);
      sum1.intoArray(sums, to + COUNT);
      sum2.intoArray(sums, beyond);
      sum3.intoArray(sums, beyond + COUNT);
    }
  }

  static void three(
      long at, long other, long rowBytes, int lines, int bytes, long x, float[] sums) {
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
      var sum0 = FloatVector.fromArray(FLOATS, sums, to);
      var sum1 = FloatVector.fromArray(FLOATS, sums, to + COUNT);
      var sum2 = FloatVector.fromArray(FLOATS, sums, to + 2 * COUNT);
      var sum3 = FloatVector.fromArray(FLOATS, sums, beyond);
      var sum4 = FloatVector.fromArray(FLOATS, sums, beyond + COUNT);
      var sum5 = FloatVector.fromArray(FLOATS, sums, beyond + 2 * COUNT);
      for (int o = 0; o < bytes; o += 18) {
        long place = rows + 64L * o;
        var part0 = FloatVector.fromMemorySegment(FLOATS, ALL, place + 128, ORDER);
        var part1 = FloatVector.fromMemorySegment(FLOATS, ALL, place + 320, ORDER);
        var part2 = FloatVector.fromMemorySegment(FLOATS, ALL, place + 512, ORDER);
        var part3 = part0;
        var part4 = part1;
        var part5 = part2;
        for (int j = 0; j < 16; j += COUNT) {
          var pairs =
              ((IntVector)
                      ByteVector.fromMemorySegment(BYTES, ALL, first + o + 2 + j, ORDER)
                          .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                  .lanewise(VectorOperators.LSHL, 15);
          var low0 = pairs.and(lowMask).or(lowBits).reinterpretAsFloats();
          var high0 = pairs.and(highMask).or(highBits).reinterpretAsFloats();
          pairs =
              ((IntVector)
                      ByteVector.fromMemorySegment(BYTES, ALL, second + o + 2 + j, ORDER)
                          .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                  .lanewise(VectorOperators.LSHL, 15);
          var low1 = pairs.and(lowMask).or(lowBits).reinterpretAsFloats();
          var high1 = pairs.and(highMask).or(highBits).reinterpretAsFloats();
          var lower = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j, ORDER);
          var upper = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j + 64, ORDER);
          part0 = high0.fma(upper, low0.fma(lower, part0));
          part3 = high1.fma(upper, low1.fma(lower, part3));
          lower = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j + 192, ORDER);
          upper = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j + 256, ORDER);
          part1 = high0.fma(upper, low0.fma(lower, part1));
          part4 = high1.fma(upper, low1.fma(lower, part4));
          lower = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j + 384, ORDER);
          upper = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j + 448, ORDER);
          part2 = high0.fma(upper, low0.fma(lower, part2));
          part5 = high1.fma(upper, low1.fma(lower, part5));
        }
        var scale =
            IntVector.broadcast(INTS, ALL.get(Lanes.SHORT, first + o) << 13 & HALF_BITS)
                .reinterpretAsFloats();
        sum0 = part0.fma(scale, sum0);
        sum1 = part1.fma(scale, sum1);
        sum2 = part2.fma(scale, sum2);
        scale =
            IntVector.broadcast(INTS, ALL.get(Lanes.SHORT, second + o) << 13 & HALF_BITS)
                .reinterpretAsFloats();
        sum3 = part3.fma(scale, sum3);
        sum4 = part4.fma(scale, sum4);
        sum5 = part5.fma(scale, sum5);
      }
      sum0.intoArray(sums, to);
      sum1.intoArray(sums, to + COUNT);
      sum2.intoArray(sums, to + 2 * COUNT);
      sum3.intoArray(sums, beyond);
      sum4.intoArray(sums, beyond + COUNT);
      sum5.intoArray(sums, beyond + 2 * COUNT);
    }
  }

  static void four(long at, long other, long rowBytes, int lines, int bytes, long x, float[] sums) {
    var lowMask = IntVector.broadcast(INTS, LOW_NIBBLES);
    var highMask = IntVector.broadcast(INTS, HIGH_NIBBLES);
    var lowBits = IntVector.broadcast(INTS, TWO_FIFTY_SIX);
    var highBits = IntVector.broadcast(INTS, SIXTEEN);
    long rows = NativeMemory.plain(x);
    for (int line = 0; line < lines; line++) {
      long first = NativeMemory.plain(at + line * rowBytes);
      long second = NativeMemory.plain(other + line * rowBytes);
      int to = line * 4 * COUNT;
      int beyond = to + RowTile.LINES * 4 * COUNT;
      var sum0 = FloatVector.fromArray(FLOATS, sums, to);
      var sum1 = FloatVector.fromArray(FLOATS, sums, to + COUNT);
      var sum2 = FloatVector.fromArray(FLOATS, sums, to + 2 * COUNT);
      var sum3 = FloatVector.fromArray(FLOATS, sums, to + 3 * COUNT);
      var sum4 = FloatVector.fromArray(FLOATS, sums, beyond);
      var sum5 = FloatVector.fromArray(FLOATS, sums, beyond + COUNT);
      var sum6 = FloatVector.fromArray(FLOATS, sums, beyond + 2 * COUNT);
      var sum7 = FloatVector.fromArray(FLOATS, sums, beyond + 3 * COUNT);
      for (int o = 0; o < bytes; o += 18) {
        long place = rows + 64L * o;
        var part0 = FloatVector.fromMemorySegment(FLOATS, ALL, place + 128, ORDER);
        var part1 = FloatVector.fromMemorySegment(FLOATS, ALL, place + 320, ORDER);
        var part2 = FloatVector.fromMemorySegment(FLOATS, ALL, place + 512, ORDER);
        var part3 = FloatVector.fromMemorySegment(FLOATS, ALL, place + 704, ORDER);
        var part4 = part0;
        var part5 = part1;
        var part6 = part2;
        var part7 = part3;
        for (int j = 0; j < 16; j += COUNT) {
          var pairs =
              ((IntVector)
                      ByteVector.fromMemorySegment(BYTES, ALL, first + o + 2 + j, ORDER)
                          .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                  .lanewise(VectorOperators.LSHL, 15);
          var low0 = pairs.and(lowMask).or(lowBits).reinterpretAsFloats();
          var high0 = pairs.and(highMask).or(highBits).reinterpretAsFloats();
          pairs =
              ((IntVector)
                      ByteVector.fromMemorySegment(BYTES, ALL, second + o + 2 + j, ORDER)
                          .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                  .lanewise(VectorOperators.LSHL, 15);
          var low1 = pairs.and(lowMask).or(lowBits).reinterpretAsFloats();
          var high1 = pairs.and(highMask).or(highBits).reinterpretAsFloats();
          var lower = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j, ORDER);
          var upper = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j + 64, ORDER);
          part0 = high0.fma(upper, low0.fma(lower, part0));
          part4 = high1.fma(upper, low1.fma(lower, part4));
          lower = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j + 192, ORDER);
          upper = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j + 256, ORDER);
          part1 = high0.fma(upper, low0.fma(lower, part1));
          part5 = high1.fma(upper, low1.fma(lower, part5));
          lower = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j + 384, ORDER);
          upper = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j + 448, ORDER);
          part2 = high0.fma(upper, low0.fma(lower, part2));
          part6 = high1.fma(upper, low1.fma(lower, part6));
          lower = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j + 576, ORDER);
          upper = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j + 640, ORDER);
          part3 = high0.fma(upper, low0.fma(lower, part3));
          part7 = high1.fma(upper, low1.fma(lower, part7));
        }
        var scale =
            IntVector.broadcast(INTS, ALL.get(Lanes.SHORT, first + o) << 13 & HALF_BITS)
                .reinterpretAsFloats();
        sum0 = part0.fma(scale, sum0);
        sum1 = part1.fma(scale, sum1);
        sum2 = part2.fma(scale, sum2);
        sum3 = part3.fma(scale, sum3);
        scale =
            IntVector.broadcast(INTS, ALL.get(Lanes.SHORT, second + o) << 13 & HALF_BITS)
                .reinterpretAsFloats();
        sum4 = part4.fma(scale, sum4);
        sum5 = part5.fma(scale, sum5);
        sum6 = part6.fma(scale, sum6);
        sum7 = part7.fma(scale, sum7);
      }
      sum0.intoArray(sums, to);
      sum1.intoArray(sums, to + COUNT);
      sum2.intoArray(sums, to + 2 * COUNT);
      sum3.intoArray(sums, to + 3 * COUNT);
      sum4.intoArray(sums, beyond);
      sum5.intoArray(sums, beyond + COUNT);
      sum6.intoArray(sums, beyond + 2 * COUNT);
      sum7.intoArray(sums, beyond + 3 * COUNT);
    }
  }
}
