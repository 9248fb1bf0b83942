package io.witan.engine.backend.tornado;

import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Reads packed weights and half floats inside kernels. Sixteen weights in a row share a scale and a
 * minimum in every format: weight = scale · quant − minimum. The format is a constant of each
 * compiled kernel, so its tests fold away.
 */
final class Numbers {
  static final int F32 = 0;
  static final int F16 = 1;
  static final int Q4_0 = 2;
  static final int Q8_0 = 3;
  static final int Q4_K = 4;
  static final int Q6_K = 5;

  /** Weights that share a scale. */
  static final int GROUP = 16;

  private Numbers() {}

  /** The byte {@code at} bytes after the word {@code base}, 0 to 255. */
  static int octet(IntArray words, int base, int at) {
    return (words.get(base + (at >> 2)) >> ((at & 3) << 3)) & 255;
  }

  /** A half float from two bytes; infinities and NaN read as large numbers. */
  static float half(IntArray words, int base, int at) {
    return half(octet(words, base, at) | (octet(words, base, at + 1) << 8));
  }

  /** Without fp16 of the device: mantissa times a power of two, both exact. */
  static float half(int bits) {
    int exponent = (bits >> 10) & 31;
    int mantissa = bits & 1023;
    float value;
    if (exponent == 0) {
      value = mantissa / (float) (1 << 24);
    } else if (exponent < 25) {
      value = (mantissa | 1024) / (float) (1 << (25 - exponent));
    } else {
      value = (mantissa | 1024) * (float) (1 << (exponent - 25));
    }
    return (bits & 32768) == 0 ? value : -value;
  }

  /** The nearest half float, ties to even; too large becomes the largest. */
  static int halfBits(float value) {
    float size = value < 0 ? -value : value;
    int sign = value < 0 ? 32768 : 0;
    if (size >= 65504f) {
      return sign | 0x7BFF;
    }
    int exponent = 0;
    float scaled = size * (1 << 24);
    if (size >= 1f / 16384f) {
      exponent = 15;
      scaled = size;
      while (scaled >= 2f) {
        scaled = scaled * 0.5f;
        exponent++;
      }
      while (scaled < 1f) {
        scaled = scaled * 2f;
        exponent--;
      }
      scaled = (scaled - 1f) * 1024f;
    }
    int mantissa = (int) scaled;
    float rest = scaled - mantissa;
    if (rest > 0.5f || (rest == 0.5f && (mantissa & 1) == 1)) {
      mantissa++;
    }
    return sign | ((exponent << 10) + mantissa);
  }

  /** What multiplies the quants of a group. */
  static float scale(int format, IntArray words, int base, int group) {
    float scale = 1f;
    if (format == Q4_0) {
      scale = half(words, base, 18 * (group >> 1));
    } else if (format == Q8_0) {
      scale = half(words, base, 34 * (group >> 1));
    } else if (format == Q4_K) {
      int block = 144 * (group >> 4);
      int bits = MoreNumbers.sixBitScale(words, base, block, (group & 15) >> 1);
      scale = half(words, base, block) * bits;
    } else if (format == Q6_K) {
      int block = 210 * (group >> 4);
      int bits = octet(words, base, block + 192 + (group & 15));
      scale = half(words, base, block + 208) * (bits > 127 ? bits - 256 : bits);
    } else if (format > Q6_K) {
      scale = MoreNumbers.scale(format, words, base, group);
    }
    return scale;
  }

  static boolean hasMinimum(int format) {
    return format == Q4_K || format > Q6_K;
  }

  /** What is taken from every weight of a group. */
  static float minimum(int format, IntArray words, int base, int group) {
    float minimum = 0f;
    if (format == Q4_K) {
      int block = 144 * (group >> 4);
      int bits = MoreNumbers.sixBitMinimum(words, base, block, (group & 15) >> 1);
      minimum = half(words, base, block + 2) * bits;
    } else if (format > Q6_K) {
      minimum = MoreNumbers.minimum(format, words, base, group);
    }
    return minimum;
  }

  /** A weight before its scale and minimum. */
  static float quant(int format, FloatArray floats, IntArray words, int base, int index) {
    float quant;
    if (format == F32) {
      quant = floats.get(base + index);
    } else if (format == F16) {
      quant = half(words, base, 2 * index);
    } else if (format == Q4_0) {
      int place = index & 31;
      int pair = octet(words, base, 18 * (index >> 5) + 2 + (place & 15));
      quant = (place < 16 ? pair & 15 : pair >> 4) - 8;
    } else if (format == Q8_0) {
      int bits = octet(words, base, 34 * (index >> 5) + 2 + (index & 31));
      quant = bits > 127 ? bits - 256 : bits;
    } else if (format == Q4_K) {
      int place = index & 255;
      int pair = octet(words, base, 144 * (index >> 8) + 16 + 32 * (place >> 6) + (place & 31));
      quant = (place & 32) == 0 ? pair & 15 : pair >> 4;
    } else if (format == Q6_K) {
      quant = sixBits(words, base, index);
    } else {
      quant = MoreNumbers.quant(format, words, base, index);
    }
    return quant;
  }

  private static float sixBits(IntArray words, int base, int index) {
    int place = index & 255;
    int block = 210 * (index >> 8);
    int side = place >> 7;
    int quarter = (place & 127) >> 5;
    int within = place & 31;
    int low =
        octet(words, base, block + 64 * side + 32 * (quarter & 1) + within) >> (4 * (quarter >> 1));
    int high = octet(words, base, block + 128 + 32 * side + within) >> (2 * quarter);
    return ((low & 15) | ((high & 3) << 4)) - 32;
  }

  /** A number normalised as {@code flags} of {@link ProductKernels} say. */
  static float normed(int flags, float number, float mean, float factor, float gain, float shift) {
    float normed = number;
    if ((flags & ProductKernels.NORMED) != 0) {
      normed = (number - mean) * factor * gain;
      if ((flags & ProductKernels.SHIFTED) != 0) {
        normed += shift;
      }
    }
    return normed;
  }

  /** The part of the product of a row of weights with {@code x} that falls to one lane. */
  static float dot(
      int format,
      FloatArray floats,
      IntArray words,
      int base,
      FloatArray x,
      int at,
      int columns,
      int lane,
      int lanes) {
    return dot(format, floats, words, base, x, at, columns, lane, lanes, 0, x, x, 0f, 1f);
  }

  /** As above, with {@code x} normalised as {@code flags} of {@link ProductKernels} say. */
  static float dot(
      int format,
      FloatArray floats,
      IntArray words,
      int base,
      FloatArray x,
      int at,
      int columns,
      int lane,
      int lanes,
      int flags,
      FloatArray gains,
      FloatArray shifts,
      float mean,
      float factor) {
    float sum = 0f;
    for (int group = lane; group * GROUP < columns; group += lanes) {
      float quants = 0f;
      float plain = 0f;
      int end = TornadoMath.min(columns, group * GROUP + GROUP);
      for (int i = group * GROUP; i < end; i++) {
        float number = x.get(at + i);
        if ((flags & ProductKernels.NORMED) != 0) {
          number = (number - mean) * factor * gains.get(i);
          if ((flags & ProductKernels.SHIFTED) != 0) {
            number += shifts.get(i);
          }
        }
        quants += quant(format, floats, words, base, i) * number;
        plain += number;
      }
      sum += scale(format, words, base, group) * quants;
      if (hasMinimum(format)) {
        sum -= minimum(format, words, base, group) * plain;
      }
    }
    return sum;
  }
}
