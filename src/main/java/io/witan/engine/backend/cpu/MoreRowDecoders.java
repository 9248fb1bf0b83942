package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.BlockDecoder.half;
import static io.witan.engine.backend.cpu.Lanes.COUNT;
import static io.witan.engine.backend.cpu.Lanes.INTS;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** {@link OlderBlocks} and Q5_K with vectors. */
final class MoreRowDecoders {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final IntVector LANES = IntVector.zero(INTS).addIndex(1);

  private MoreRowDecoders() {}

  static void decodeQ41(MemorySegment data, long from, int count, float[] out, int at) {
    for (int i = 0; i < count; i += 32, from += 20) {
      float scale = half(data, from);
      float minimum = half(data, from + 2);
      for (int j = 0; j < 16; j += COUNT) {
        var pairs = Lanes.octets(data, from + 4 + j);
        put(pairs.and(15), scale, minimum, out, at + i + j);
        put(shiftedRight(pairs, 4), scale, minimum, out, at + i + 16 + j);
      }
    }
  }

  static void decodeQ50(MemorySegment data, long from, int count, float[] out, int at) {
    for (int i = 0; i < count; i += 32, from += 22) {
      float scale = half(data, from);
      fiveBits(data, from + 2, scale, -16 * scale, out, at + i);
    }
  }

  static void decodeQ51(MemorySegment data, long from, int count, float[] out, int at) {
    for (int i = 0; i < count; i += 32, from += 24) {
      fiveBits(data, from + 4, half(data, from), half(data, from + 2), out, at + i);
    }
  }

  private static void fiveBits(
      MemorySegment data, long from, float scale, float minimum, float[] out, int to) {
    int fifths = data.get(INT, from);
    for (int j = 0; j < 16; j += COUNT) {
      var pairs = Lanes.octets(data, from + 4 + j);
      put(pairs.and(15).or(fifth(fifths >>> j)), scale, minimum, out, to + j);
      put(shiftedRight(pairs, 4).or(fifth(fifths >>> 16 + j)), scale, minimum, out, to + 16 + j);
    }
  }

  /** The lowest bits, one for each lane, as 0 or 16. */
  private static IntVector fifth(int bits) {
    return IntVector.broadcast(INTS, bits)
        .lanewise(VectorOperators.LSHR, LANES)
        .and(1)
        .lanewise(VectorOperators.LSHL, 4);
  }

  static void decodeQ5K(MemorySegment data, long from, int count, float[] out, int at) {
    for (int i = 0; i < count; i += 256, from += 176) {
      float scale = half(data, from);
      float minimum = half(data, from + 2);
      for (int group = 0; group < 8; group++) {
        float d = scale * BlockDecoder.scaleOfQ4K(data, from + 4, group);
        float m = -minimum * BlockDecoder.minimumOfQ4K(data, from + 4, group);
        for (int j = 0; j < 32; j += COUNT) {
          var pairs = Lanes.octets(data, from + 48 + 32 * (group / 2) + j);
          var low = group % 2 == 0 ? pairs.and(15) : shiftedRight(pairs, 4);
          var fifth = shiftedRight(Lanes.octets(data, from + 16 + j), group).and(1);
          put(low.or(fifth.lanewise(VectorOperators.LSHL, 4)), d, m, out, at + i + 32 * group + j);
        }
      }
    }
  }

  private static IntVector shiftedRight(IntVector numbers, int by) {
    return numbers.lanewise(VectorOperators.LSHR, by);
  }

  private static void put(IntVector quants, float scale, float minimum, float[] out, int to) {
    FloatVector numbers = Lanes.floats(quants);
    numbers.mul(scale).add(minimum).intoArray(out, to);
  }
}
