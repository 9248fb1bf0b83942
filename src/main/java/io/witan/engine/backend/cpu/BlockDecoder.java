package io.witan.engine.backend.cpu;

import io.witan.engine.EngineException;
import io.witan.engine.gguf.GgufTensor;
import io.witan.engine.tensor.TensorFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Turns weights of one format into floats, one number at a time: slow, plain, and what every kernel
 * is held to. Block layouts are those of ggml ({@code ggml-common.h}).
 */
public interface BlockDecoder {
  ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /**
   * Decodes {@code count} numbers, whole blocks, from {@code byteOffset} on.
   *
   * @param out receives them from {@code at} on
   */
  void decode(MemorySegment data, long byteOffset, int count, float[] out, int at);

  /**
   * The decoder of a format.
   *
   * @throws EngineException if there is none
   */
  static BlockDecoder of(TensorFormat format, String tensor) {
    return switch (format) {
      case F32 -> BlockDecoder::decodeF32;
      case F16 -> BlockDecoder::decodeF16;
      case BF16 -> BlockDecoder::decodeBf16;
      case Q4_0 -> BlockDecoder::decodeQ40;
      case Q8_0 -> BlockDecoder::decodeQ80;
      case Q4_K -> BlockDecoder::decodeQ4K;
      case Q6_K -> BlockDecoder::decodeQ6K;
      case Q4_1 -> OlderBlocks::decodeQ41;
      case Q5_0 -> OlderBlocks::decodeQ50;
      case Q5_1 -> OlderBlocks::decodeQ51;
      case Q2_K -> SuperBlocks::decodeQ2K;
      case Q3_K -> SuperBlocks::decodeQ3K;
      case Q5_K -> SuperBlocks::decodeQ5K;
      default ->
          throw new EngineException.Unsupported(
              "no CPU kernel for %s (%s)".formatted(format, tensor));
    };
  }

  /** All numbers of a small tensor. */
  static float[] decodeAll(GgufTensor tensor) {
    var out = new float[Math.toIntExact(tensor.shape().elements())];
    of(tensor.format(), tensor.name()).decode(tensor.data(), 0, out.length, out, 0);
    return out;
  }

  private static void decodeF32(MemorySegment data, long from, int count, float[] out, int at) {
    for (int i = 0; i < count; i++) {
      out[at + i] = data.get(FLOAT, from + 4L * i);
    }
  }

  private static void decodeF16(MemorySegment data, long from, int count, float[] out, int at) {
    for (int i = 0; i < count; i++) {
      out[at + i] = Float.float16ToFloat(data.get(SHORT, from + 2L * i));
    }
  }

  private static void decodeBf16(MemorySegment data, long from, int count, float[] out, int at) {
    for (int i = 0; i < count; i++) {
      out[at + i] = Float.intBitsToFloat(data.get(SHORT, from + 2L * i) << 16);
    }
  }

  /** 32 numbers: a half-float scale, 16 bytes with numbers 0–15 low and 16–31 high, minus 8. */
  private static void decodeQ40(MemorySegment data, long from, int count, float[] out, int at) {
    for (int block = 0; block < count / 32; block++) {
      long start = from + 18L * block;
      float scale = half(data, start);
      for (int i = 0; i < 16; i++) {
        int pair = octet(data, start + 2 + i);
        out[at + 32 * block + i] = ((pair & 15) - 8) * scale;
        out[at + 32 * block + 16 + i] = ((pair >> 4) - 8) * scale;
      }
    }
  }

  /** 32 numbers: a half-float scale, 32 signed bytes. */
  private static void decodeQ80(MemorySegment data, long from, int count, float[] out, int at) {
    for (int block = 0; block < count / 32; block++) {
      long start = from + 34L * block;
      float scale = half(data, start);
      for (int i = 0; i < 32; i++) {
        out[at + 32 * block + i] = data.get(ValueLayout.JAVA_BYTE, start + 2 + i) * scale;
      }
    }
  }

  /**
   * 256 numbers in 8 groups: half-float scale and minimum, eight 6-bit scales and minimums in 12
   * bytes, 128 bytes of which each 32 hold one group low and the next one high.
   */
  private static void decodeQ4K(MemorySegment data, long from, int count, float[] out, int at) {
    for (int block = 0; block < count / 256; block++) {
      long start = from + 144L * block;
      float scale = half(data, start);
      float minimum = half(data, start + 2);
      for (int group = 0; group < 8; group++) {
        float d = scale * scaleOfQ4K(data, start + 4, group);
        float m = minimum * minimumOfQ4K(data, start + 4, group);
        for (int i = 0; i < 32; i++) {
          int pair = octet(data, start + 16 + 32 * (group / 2) + i);
          int quant = group % 2 == 0 ? pair & 15 : pair >> 4;
          out[at + 256 * block + 32 * group + i] = d * quant - m;
        }
      }
    }
  }

  /** The 6-bit scale of a group. */
  static int scaleOfQ4K(MemorySegment data, long scales, int group) {
    return group < 4
        ? octet(data, scales + group) & 63
        : (octet(data, scales + group + 4) & 15) | (octet(data, scales + group - 4) >> 6 << 4);
  }

  /** The 6-bit minimum of a group. */
  static int minimumOfQ4K(MemorySegment data, long scales, int group) {
    return group < 4
        ? octet(data, scales + group + 4) & 63
        : (octet(data, scales + group + 4) >> 4) | (octet(data, scales + group) >> 6 << 4);
  }

  /**
   * 256 numbers in 16 groups: 128 bytes of low nibbles, 64 bytes of high bit pairs, 16 signed
   * scales, a half-float scale of all; minus 32.
   */
  private static void decodeQ6K(MemorySegment data, long from, int count, float[] out, int at) {
    for (int block = 0; block < count / 256; block++) {
      long start = from + 210L * block;
      float scale = half(data, start + 208);
      for (int i = 0; i < 256; i++) {
        int side = i / 128;
        int quarter = i % 128 / 32;
        int place = i % 32;
        int low = octet(data, start + 64 * side + 32 * (quarter % 2) + place) >> 4 * (quarter / 2);
        int high = octet(data, start + 128 + 32 * side + place) >> 2 * quarter;
        int quant = ((low & 15) | (high & 3) << 4) - 32;
        int groupScale = data.get(ValueLayout.JAVA_BYTE, start + 192 + i / 16);
        out[at + 256 * block + i] = scale * groupScale * quant;
      }
    }
  }

  static float half(MemorySegment data, long at) {
    return Float.float16ToFloat(data.get(SHORT, at));
  }

  static int octet(MemorySegment data, long at) {
    return data.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
  }
}
