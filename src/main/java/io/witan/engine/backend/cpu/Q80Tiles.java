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

/** Q8_0 with two, three and four rows. */
final class Q80Tiles {
  private static final int HALF_BITS = TiledRows.HALF_BITS;

  private Q80Tiles() {}

  static void two(long at, long other, long rowBytes, int lines, int bytes, long x, float[] sums) {
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
      for (int o = 0; o < bytes; o += 34) {
        long place = rows + 32L * o;
        var part0 = FloatVector.zero(FLOATS);
        var part1 = part0;
        var part2 = part0;
        var part3 = part0;
        for (int j = 0; j < 32; j += COUNT) {
          var weights0 =
              (FloatVector)
                  ByteVector.fromMemorySegment(BYTES, ALL, first + o + 2 + j, ORDER)
                      .castShape(FLOATS, 0);
          var weights1 =
              (FloatVector)
                  ByteVector.fromMemorySegment(BYTES, ALL, second + o + 2 + j, ORDER)
                      .castShape(FLOATS, 0);
          var activations = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j, ORDER);
          part0 = weights0.fma(activations, part0);
          part2 = weights1.fma(activations, part2);
          activations = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j + 128, ORDER);
          part1 = weights0.fma(activations, part1);
          part3 = weights1.fma(activations, part3);
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
      for (int o = 0; o < bytes; o += 34) {
        long place = rows + 32L * o;
        var part0 = FloatVector.zero(FLOATS);
        var part1 = part0;
        var part2 = part0;
        var part3 = part0;
        var part4 = part0;
        var part5 = part0;
        for (int j = 0; j < 32; j += COUNT) {
          var weights0 =
              (FloatVector)
                  ByteVector.fromMemorySegment(BYTES, ALL, first + o + 2 + j, ORDER)
                      .castShape(FLOATS, 0);
          var weights1 =
              (FloatVector)
                  ByteVector.fromMemorySegment(BYTES, ALL, second + o + 2 + j, ORDER)
                      .castShape(FLOATS, 0);
          var activations = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j, ORDER);
          part0 = weights0.fma(activations, part0);
          part3 = weights1.fma(activations, part3);
          activations = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j + 128, ORDER);
          part1 = weights0.fma(activations, part1);
          part4 = weights1.fma(activations, part4);
          activations = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j + 256, ORDER);
          part2 = weights0.fma(activations, part2);
          part5 = weights1.fma(activations, part5);
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
      for (int o = 0; o < bytes; o += 34) {
        long place = rows + 32L * o;
        var part0 = FloatVector.zero(FLOATS);
        var part1 = part0;
        var part2 = part0;
        var part3 = part0;
        var part4 = part0;
        var part5 = part0;
        var part6 = part0;
        var part7 = part0;
        for (int j = 0; j < 32; j += COUNT) {
          var weights0 =
              (FloatVector)
                  ByteVector.fromMemorySegment(BYTES, ALL, first + o + 2 + j, ORDER)
                      .castShape(FLOATS, 0);
          var weights1 =
              (FloatVector)
                  ByteVector.fromMemorySegment(BYTES, ALL, second + o + 2 + j, ORDER)
                      .castShape(FLOATS, 0);
          var activations = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j, ORDER);
          part0 = weights0.fma(activations, part0);
          part4 = weights1.fma(activations, part4);
          activations = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j + 128, ORDER);
          part1 = weights0.fma(activations, part1);
          part5 = weights1.fma(activations, part5);
          activations = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j + 256, ORDER);
          part2 = weights0.fma(activations, part2);
          part6 = weights1.fma(activations, part6);
          activations = FloatVector.fromMemorySegment(FLOATS, ALL, place + 4 * j + 384, ORDER);
          part3 = weights0.fma(activations, part3);
          part7 = weights1.fma(activations, part7);
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
