package io.witan.engine.quantization;

import io.witan.engine.EngineException;
import io.witan.engine.tensor.TensorFormat;
import java.nio.ByteBuffer;

/** Writes numbers in one format; the reverse of what a back end's decoder does. */
@FunctionalInterface
public interface BlockEncoder {
  /**
   * Appends {@code count} numbers from {@code at} on, whole blocks.
   *
   * @param out little-endian
   */
  void encode(float[] numbers, int at, int count, ByteBuffer out);

  /**
   * The encoder of a format.
   *
   * @throws EngineException if there is none
   */
  static BlockEncoder of(TensorFormat format) {
    return switch (format) {
      case F32 -> BlockEncoder::encodeF32;
      case F16 -> BlockEncoder::encodeF16;
      case BF16 -> BlockEncoder::encodeBf16;
      case Q8_0 -> SmallBlocks::encodeQ80;
      case Q4_0 -> SmallBlocks::encodeQ40;
      case Q4_1 -> SmallBlocks::encodeQ41;
      case Q5_0 -> SmallBlocks::encodeQ50;
      case Q5_1 -> SmallBlocks::encodeQ51;
      case Q4_K -> SuperBlocks::encodeQ4K;
      case Q5_K -> SuperBlocks::encodeQ5K;
      case Q6_K -> SuperBlocks::encodeQ6K;
      default ->
          throw new EngineException.Unsupported(
              "cannot write %s; there are f32, f16, bf16, q8_0, q4_0, q4_1, q5_0, q5_1, q4_k, q5_k, q6_k"
                  .formatted(format));
    };
  }

  private static void encodeF32(float[] numbers, int at, int count, ByteBuffer out) {
    for (int i = 0; i < count; i++) {
      out.putFloat(numbers[at + i]);
    }
  }

  private static void encodeF16(float[] numbers, int at, int count, ByteBuffer out) {
    for (int i = 0; i < count; i++) {
      out.putShort(Float.floatToFloat16(numbers[at + i]));
    }
  }

  /** Rounded to the nearest, to even on a tie. */
  private static void encodeBf16(float[] numbers, int at, int count, ByteBuffer out) {
    for (int i = 0; i < count; i++) {
      int bits = Float.floatToRawIntBits(numbers[at + i]);
      boolean isNaN = Float.isNaN(numbers[at + i]);
      int rounded = isNaN ? bits | 0x400000 : bits + 0x7FFF + (bits >>> 16 & 1);
      out.putShort((short) (rounded >>> 16));
    }
  }
}
