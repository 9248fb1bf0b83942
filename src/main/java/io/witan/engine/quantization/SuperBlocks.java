package io.witan.engine.quantization;

import java.nio.ByteBuffer;

/** Blocks of 256 numbers in groups. Layouts: {@code ggml-common.h}; the search is our own. */
final class SuperBlocks {
  private static final int SIZE = 256;
  private static final int GROUP = 32;
  private static final int GROUPS = SIZE / GROUP;
  private static final int SMALL_GROUP = 16;
  private static final int SIX_BITS = 63;

  private SuperBlocks() {}

  static void encodeQ4K(float[] numbers, int at, int count, ByteBuffer out) {
    for (int block = at; block < at + count; block += SIZE) {
      nibbles(groups(numbers, block, 15, out), out);
    }
  }

  static void encodeQ5K(float[] numbers, int at, int count, ByteBuffer out) {
    for (int block = at; block < at + count; block += SIZE) {
      int[] quants = groups(numbers, block, 31, out);
      for (int i = 0; i < GROUP; i++) {
        int fifths = 0;
        for (int group = 0; group < GROUPS; group++) {
          fifths |= quants[group * GROUP + i] >> 4 << group;
        }
        out.put((byte) fifths);
      }
      nibbles(quants, out);
    }
  }

  private static void nibbles(int[] quants, ByteBuffer out) {
    for (int from = 0; from < SIZE; from += 2 * GROUP) {
      for (int i = from; i < from + GROUP; i++) {
        out.put((byte) (quants[i] & 15 | (quants[i + GROUP] & 15) << 4));
      }
    }
  }

  /** Writes the scales of a block with minimums and gives its quants. */
  private static int[] groups(float[] numbers, int at, int most, ByteBuffer out) {
    var scales = new float[GROUPS];
    var minimums = new float[GROUPS];
    var fit = new GroupFit();
    for (int group = 0; group < GROUPS; group++) {
      fit.fitWithMinimum(numbers, at + group * GROUP, GROUP, most);
      scales[group] = fit.scale();
      minimums[group] = fit.minimum();
    }
    float scale = putHalf(out, greatest(scales) / SIX_BITS);
    float minimum = putHalf(out, greatest(minimums) / SIX_BITS);
    int[] s = sixBits(scales, scale);
    int[] m = sixBits(minimums, minimum);
    putScales(s, m, out);
    var quants = new int[SIZE];
    for (int i = 0; i < SIZE; i++) {
      int group = i / GROUP;
      float step = scale * s[group];
      float up = numbers[at + i] + minimum * m[group];
      quants[i] = step == 0 ? 0 : Math.clamp(Math.round(up / step), 0, most);
    }
    return quants;
  }

  private static int[] sixBits(float[] values, float unit) {
    var bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = unit == 0 ? 0 : Math.clamp(Math.round(values[i] / unit), 0, SIX_BITS);
    }
    return bits;
  }

  /** Eight scales and eight minimums of six bits in twelve bytes. */
  private static void putScales(int[] scales, int[] minimums, ByteBuffer out) {
    for (int i = 0; i < 4; i++) {
      out.put((byte) (scales[i] | scales[i + 4] >> 4 << 6));
    }
    for (int i = 0; i < 4; i++) {
      out.put((byte) (minimums[i] | minimums[i + 4] >> 4 << 6));
    }
    for (int i = 4; i < GROUPS; i++) {
      out.put((byte) (scales[i] & 15 | (minimums[i] & 15) << 4));
    }
  }

  static void encodeQ6K(float[] numbers, int at, int count, ByteBuffer out) {
    for (int block = at; block < at + count; block += SIZE) {
      var fit = new GroupFit();
      var scales = new float[SIZE / SMALL_GROUP];
      float farthest = 0;
      for (int group = 0; group < scales.length; group++) {
        fit.fit(numbers, block + group * SMALL_GROUP, SMALL_GROUP, 32);
        scales[group] = fit.scale();
        farthest = Math.abs(scales[group]) > Math.abs(farthest) ? scales[group] : farthest;
      }
      short half = Float.floatToFloat16(farthest / -128);
      putQ6K(numbers, block, scales, half, out);
    }
  }

  private static void putQ6K(float[] numbers, int at, float[] scales, short half, ByteBuffer out) {
    float unit = Float.float16ToFloat(half);
    var signed = new byte[scales.length];
    for (int i = 0; i < signed.length; i++) {
      signed[i] = (byte) (unit == 0 ? 0 : Math.clamp(Math.round(scales[i] / unit), -128, 127));
    }
    var quants = new int[SIZE];
    for (int i = 0; i < SIZE; i++) {
      float step = unit * signed[i / SMALL_GROUP];
      quants[i] = 32 + (step == 0 ? 0 : Math.clamp(Math.round(numbers[at + i] / step), -32, 31));
    }
    for (int side = 0; side < SIZE; side += 128) {
      for (int i = side; i < side + 64; i++) {
        out.put((byte) (quants[i] & 15 | (quants[i + 64] & 15) << 4));
      }
    }
    for (int side = 0; side < SIZE; side += 128) {
      for (int i = side; i < side + 32; i++) {
        int high = quants[i] >> 4 | quants[i + 32] >> 4 << 2;
        out.put((byte) (high | quants[i + 64] >> 4 << 4 | quants[i + 96] >> 4 << 6));
      }
    }
    out.put(signed);
    out.putShort(half);
  }

  private static float putHalf(ByteBuffer out, float value) {
    short half = Float.floatToFloat16(value);
    out.putShort(half);
    return Float.float16ToFloat(half);
  }

  private static float greatest(float[] values) {
    float greatest = 0;
    for (float value : values) {
      greatest = Math.max(greatest, value);
    }
    return greatest;
  }
}
