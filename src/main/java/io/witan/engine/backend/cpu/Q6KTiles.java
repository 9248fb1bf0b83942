package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Lanes.BYTES;
import static io.witan.engine.backend.cpu.Lanes.COUNT;
import static io.witan.engine.backend.cpu.Lanes.FLOATS;
import static io.witan.engine.backend.cpu.Lanes.INTS;
import static io.witan.engine.backend.cpu.Lanes.ORDER;
import static io.witan.engine.backend.cpu.NativeMemory.ALL;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Q6_K with several rows. The loops for one, two, three and four rows are written out one by one,
 * because the compiler keeps vectors in registers only within one method without calls.
 */
final class Q6KTiles {
  private Q6KTiles() {}

  static void two(
      long at,
      long rowBytes,
      int lines,
      int bytes,
      long x,
      float[] sums,
      int sumsAt,
      float[] scales) {
    var fours = IntVector.broadcast(INTS, 15);
    var twos = IntVector.broadcast(INTS, 0x30);
    long rows = NativeMemory.plain(x);
    for (int line = 0; line < lines; line++) {
      long from = NativeMemory.plain(at + line * rowBytes);
      int to = sumsAt + line * 2 * COUNT;
      var even0 = FloatVector.fromArray(FLOATS, sums, to);
      var even1 = FloatVector.fromArray(FLOATS, sums, to + COUNT);
      var odd0 = FloatVector.zero(FLOATS);
      var odd1 = odd0;
      for (int o = 0; o < bytes; o += 210) {
        long place = rows + 32L * o;
        Q6KRows.decodeScales(from + o, scales, 0);
        for (int part = 0; part < 4; part++) {
          int side = part >> 1;
          int half = 16 * (part & 1);
          int group = 8 * side + (part & 1);
          long activations = place + 512 * side + 4 * half;
          int nibbles = o + 64 * side + half;
          int bits = o + 128 + 32 * side + half;
          for (int j = 0; j < 16; j += COUNT) {
            var near =
                ((IntVector)
                    ByteVector.fromMemorySegment(BYTES, ALL, from + nibbles + j, ORDER)
                        .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0));
            var far =
                ((IntVector)
                    ByteVector.fromMemorySegment(BYTES, ALL, from + nibbles + j + 32, ORDER)
                        .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0));
            var upper =
                ((IntVector)
                    ByteVector.fromMemorySegment(BYTES, ALL, from + bits + j, ORDER)
                        .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0));
            var weights =
                ((FloatVector)
                        near.and(fours).or(upper.lanewise(LSHL, 4).and(twos)).convert(I2F, 0))
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group]),
                        FloatVector.broadcast(FLOATS, scales[group + 16]));
            even0 =
                weights.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, activations + 4 * j, ORDER), even0);
            even1 =
                weights.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, activations + 4 * j + 1024, ORDER),
                    even1);
            weights =
                ((FloatVector) far.and(fours).or(upper.lanewise(LSHL, 2).and(twos)).convert(I2F, 0))
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group + 2]),
                        FloatVector.broadcast(FLOATS, scales[group + 18]));
            odd0 =
                weights.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, activations + 4 * j + 128, ORDER),
                    odd0);
            odd1 =
                weights.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, activations + 4 * j + 1152, ORDER),
                    odd1);
            weights =
                ((FloatVector) near.lanewise(LSHR, 4).or(upper.and(twos)).convert(I2F, 0))
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group + 4]),
                        FloatVector.broadcast(FLOATS, scales[group + 20]));
            even0 =
                weights.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, activations + 4 * j + 256, ORDER),
                    even0);
            even1 =
                weights.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, activations + 4 * j + 1280, ORDER),
                    even1);
            weights =
                ((FloatVector)
                        far.lanewise(LSHR, 4).or(upper.lanewise(LSHR, 2).and(twos)).convert(I2F, 0))
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group + 6]),
                        FloatVector.broadcast(FLOATS, scales[group + 22]));
            odd0 =
                weights.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, activations + 4 * j + 384, ORDER),
                    odd0);
            odd1 =
                weights.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, activations + 4 * j + 1408, ORDER),
                    odd1);
          }
        }
      }
      even0.add(odd0).intoArray(sums, to);
      even1.add(odd1).intoArray(sums, to + COUNT);
    }
  }
}
