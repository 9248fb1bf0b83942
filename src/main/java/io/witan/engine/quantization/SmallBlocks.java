package io.witan.engine.quantization;

import java.nio.ByteBuffer;

/**
 * Blocks of 32 numbers. Scales and roundings are those of ggml's reference, so that the bytes are
 * the same.
 */
final class SmallBlocks {
  private static final int SIZE = 32;

  private SmallBlocks() {}

  static void encodeQ80(float[] numbers, int at, int count, ByteBuffer out) {
    for (int block = at; block < at + count; block += SIZE) {
      float scale = Math.abs(farthest(numbers, block)) / 127;
      float inverse = inverse(scale);
      out.putShort(Float.floatToFloat16(scale));
      for (int i = 0; i < SIZE; i++) {
        // as a double, for in floats the number below a half would reach one
        double quant = numbers[block + i] * inverse;
        out.put((byte) (quant + Math.copySign(0.5, quant)));
      }
    }
  }

  static void encodeQ40(float[] numbers, int at, int count, ByteBuffer out) {
    for (int block = at; block < at + count; block += SIZE) {
      float scale = farthest(numbers, block) / -8;
      out.putShort(Float.floatToFloat16(scale));
      nibbles(quants(numbers, block, inverse(scale), 0, 8.5f, 15), out);
    }
  }

  static void encodeQ50(float[] numbers, int at, int count, ByteBuffer out) {
    for (int block = at; block < at + count; block += SIZE) {
      float scale = farthest(numbers, block) / -16;
      out.putShort(Float.floatToFloat16(scale));
      fiveBits(quants(numbers, block, inverse(scale), 0, 16.5f, 31), out);
    }
  }

  static void encodeQ41(float[] numbers, int at, int count, ByteBuffer out) {
    for (int block = at; block < at + count; block += SIZE) {
      nibbles(withMinimum(numbers, block, 15, out), out);
    }
  }

  static void encodeQ51(float[] numbers, int at, int count, ByteBuffer out) {
    for (int block = at; block < at + count; block += SIZE) {
      fiveBits(withMinimum(numbers, block, 31, out), out);
    }
  }

  private static int[] withMinimum(float[] numbers, int at, int most, ByteBuffer out) {
    float least = Float.POSITIVE_INFINITY;
    float greatest = Float.NEGATIVE_INFINITY;
    for (int i = at; i < at + SIZE; i++) {
      least = Math.min(least, numbers[i]);
      greatest = Math.max(greatest, numbers[i]);
    }
    float scale = (greatest - least) / most;
    out.putShort(Float.floatToFloat16(scale));
    out.putShort(Float.floatToFloat16(least));
    return quants(numbers, at, inverse(scale), least, 0.5f, most);
  }

  private static int[] quants(
      float[] numbers, int at, float inverse, float least, float shift, int most) {
    var quants = new int[SIZE];
    for (int i = 0; i < SIZE; i++) {
      quants[i] = Math.clamp((int) ((numbers[at + i] - least) * inverse + shift), 0, most);
    }
    return quants;
  }

  private static void nibbles(int[] quants, ByteBuffer out) {
    for (int i = 0; i < SIZE / 2; i++) {
      out.put((byte) (quants[i] & 15 | (quants[i + SIZE / 2] & 15) << 4));
    }
  }

  private static void fiveBits(int[] quants, ByteBuffer out) {
    int fifths = 0;
    for (int i = 0; i < SIZE; i++) {
      fifths |= quants[i] >> 4 << i;
    }
    out.putInt(fifths);
    nibbles(quants, out);
  }

  /** The number farthest from zero, the first of several. */
  private static float farthest(float[] numbers, int at) {
    float farthest = 0;
    for (int i = at; i < at + SIZE; i++) {
      if (Math.abs(numbers[i]) > Math.abs(farthest)) {
        farthest = numbers[i];
      }
    }
    return farthest;
  }

  private static float inverse(float scale) {
    return scale == 0 ? 0 : 1 / scale;
  }
}
