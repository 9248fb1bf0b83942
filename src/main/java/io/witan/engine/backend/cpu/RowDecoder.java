package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Lanes.BYTES;
import static io.witan.engine.backend.cpu.Lanes.COUNT;
import static io.witan.engine.backend.cpu.Lanes.FLOATS;
import static io.witan.engine.backend.cpu.Lanes.INTS;
import static io.witan.engine.backend.cpu.Lanes.ORDER;
import static io.witan.engine.backend.cpu.Lanes.SHORT;
import static io.witan.engine.backend.cpu.Lanes.SHORTS;

import io.witan.engine.tensor.TensorFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/** Turns weights of one format into floats as {@link BlockDecoder} does, with vectors. */
final class RowDecoder {
  private RowDecoder() {}

  /** The decoder of a format; counts that do not fill vectors are decoded one by one. */
  static BlockDecoder of(TensorFormat format, String tensor) {
    return switch (format) {
      case F16 -> RowDecoder::decodeF16;
      case BF16 -> RowDecoder::decodeBf16;
      case Q8_0 -> RowDecoder::decodeQ80;
      case Q4_0 -> RowDecoder::decodeQ40;
      case Q4_K -> RowDecoder::decodeQ4K;
      case Q6_K -> RowDecoder::decodeQ6K;
      case F32 -> RowDecoder::decodeF32;
      case Q4_1 -> MoreRowDecoders::decodeQ41;
      case Q5_0 -> MoreRowDecoders::decodeQ50;
      case Q5_1 -> MoreRowDecoders::decodeQ51;
      case Q5_K -> MoreRowDecoders::decodeQ5K;
      default -> BlockDecoder.of(format, tensor);
    };
  }

  private static void decodeF32(MemorySegment data, long from, int count, float[] out, int at) {
    MemorySegment.copy(data, BlockDecoder.FLOAT, from, out, at, count);
  }

  private static void decodeF16(MemorySegment data, long from, int count, float[] out, int at) {
    int i = 0;
    for (; i + COUNT <= count; i += COUNT) {
      var halves = ShortVector.fromMemorySegment(SHORTS, data, from + 2L * i, ORDER);
      Lanes.halvesToFloats(halves).intoArray(out, at + i);
    }
    for (; i < count; i++) {
      out[at + i] = Float.float16ToFloat(data.get(SHORT, from + 2L * i));
    }
  }

  private static void decodeBf16(MemorySegment data, long from, int count, float[] out, int at) {
    int i = 0;
    for (; i + COUNT <= count; i += COUNT) {
      var halves = ShortVector.fromMemorySegment(SHORTS, data, from + 2L * i, ORDER);
      ((IntVector) halves.castShape(INTS, 0))
          .lanewise(VectorOperators.LSHL, 16)
          .reinterpretAsFloats()
          .intoArray(out, at + i);
    }
    for (; i < count; i++) {
      out[at + i] = Float.intBitsToFloat(data.get(SHORT, from + 2L * i) << 16);
    }
  }

  private static void decodeQ80(MemorySegment data, long from, int count, float[] out, int at) {
    for (int i = 0; i < count; i += 32, from += 34) {
      float scale = Float.float16ToFloat(data.get(SHORT, from));
      for (int j = 0; j < 32; j += COUNT) {
        var quants = ByteVector.fromMemorySegment(BYTES, data, from + 2 + j, ORDER);
        ((FloatVector) quants.castShape(FLOATS, 0)).mul(scale).intoArray(out, at + i + j);
      }
    }
  }

  private static void decodeQ40(MemorySegment data, long from, int count, float[] out, int at) {
    for (int i = 0; i < count; i += 32, from += 18) {
      float scale = Float.float16ToFloat(data.get(SHORT, from));
      for (int j = 0; j < 16; j += COUNT) {
        var pairs = Lanes.octets(data, from + 2 + j);
        Lanes.floats(pairs.and(15).sub(8)).mul(scale).intoArray(out, at + i + j);
        Lanes.floats(pairs.lanewise(VectorOperators.LSHR, 4).sub(8))
            .mul(scale)
            .intoArray(out, at + i + 16 + j);
      }
    }
  }

  private static void decodeQ4K(MemorySegment data, long from, int count, float[] out, int at) {
    for (int i = 0; i < count; i += 256, from += 144) {
      float scale = Float.float16ToFloat(data.get(SHORT, from));
      float minimum = Float.float16ToFloat(data.get(SHORT, from + 2));
      for (int group = 0; group < 8; group += 2) {
        float low = scale * BlockDecoder.scaleOfQ4K(data, from + 4, group);
        float high = scale * BlockDecoder.scaleOfQ4K(data, from + 4, group + 1);
        float lowLess = minimum * BlockDecoder.minimumOfQ4K(data, from + 4, group);
        float highLess = minimum * BlockDecoder.minimumOfQ4K(data, from + 4, group + 1);
        int to = at + i + 32 * group;
        for (int j = 0; j < 32; j += COUNT) {
          var pairs = Lanes.octets(data, from + 16 + 16 * group + j);
          Lanes.floats(pairs.and(15)).mul(low).sub(lowLess).intoArray(out, to + j);
          Lanes.floats(pairs.lanewise(VectorOperators.LSHR, 4))
              .mul(high)
              .sub(highLess)
              .intoArray(out, to + 32 + j);
        }
      }
    }
  }

  private static void decodeQ6K(MemorySegment data, long from, int count, float[] out, int at) {
    for (int i = 0; i < count; i += 256, from += 210) {
      float scale = Float.float16ToFloat(data.get(SHORT, from + 208));
      for (int side = 0; side < 2; side++) {
        for (int j = 0; j < 32; j += COUNT) {
          var near = Lanes.octets(data, from + 64 * side + j);
          var far = Lanes.octets(data, from + 64 * side + 32 + j);
          var high = Lanes.octets(data, from + 128 + 32 * side + j);
          long scales = from + 192 + 8 * side + j / 16;
          int to = at + i + 128 * side + j;
          sixBits(near, high, 0, 0).mul(scaleAt(data, scales, scale)).intoArray(out, to);
          sixBits(far, high, 0, 2).mul(scaleAt(data, scales + 2, scale)).intoArray(out, to + 32);
          sixBits(near, high, 4, 4).mul(scaleAt(data, scales + 4, scale)).intoArray(out, to + 64);
          sixBits(far, high, 4, 6).mul(scaleAt(data, scales + 6, scale)).intoArray(out, to + 96);
        }
      }
    }
  }

  private static float scaleAt(MemorySegment data, long at, float scale) {
    return scale * data.get(ValueLayout.JAVA_BYTE, at);
  }

  private static FloatVector sixBits(IntVector low, IntVector high, int lowShift, int highShift) {
    var nibbles = low.lanewise(VectorOperators.LSHR, lowShift).and(15);
    var pairs = high.lanewise(VectorOperators.LSHR, highShift).and(3);
    return Lanes.floats(nibbles.or(pairs.lanewise(VectorOperators.LSHL, 4)).sub(32));
  }
}
