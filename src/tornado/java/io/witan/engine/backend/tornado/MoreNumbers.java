package io.witan.engine.backend.tornado;

import static io.witan.engine.backend.tornado.Numbers.half;
import static io.witan.engine.backend.tornado.Numbers.octet;

import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The formats that few models are in, read as {@link Numbers} reads the others. */
final class MoreNumbers {
  static final int Q4_1 = 6;
  static final int Q5_0 = 7;
  static final int Q5_1 = 8;
  static final int Q2_K = 9;
  static final int Q3_K = 10;
  static final int Q5_K = 11;

  private MoreNumbers() {}

  static float scale(int format, IntArray words, int base, int group) {
    float scale;
    if (format == Q4_1) {
      scale = half(words, base, 20 * (group >> 1));
    } else if (format == Q5_0) {
      scale = half(words, base, 22 * (group >> 1));
    } else if (format == Q5_1) {
      scale = half(words, base, 24 * (group >> 1));
    } else if (format == Q2_K) {
      int block = 84 * (group >> 4);
      scale = half(words, base, block + 80) * (octet(words, base, block + (group & 15)) & 15);
    } else if (format == Q3_K) {
      int block = 110 * (group >> 4);
      int own = group & 15;
      int low = (octet(words, base, block + 96 + (own & 7)) >> (4 * (own >> 3))) & 15;
      int high = (octet(words, base, block + 104 + (own & 3)) >> (2 * (own >> 2))) & 3;
      scale = half(words, base, block + 108) * ((low | (high << 4)) - 32);
    } else {
      int block = 176 * (group >> 4);
      scale = half(words, base, block) * sixBitScale(words, base, block, (group & 15) >> 1);
    }
    return scale;
  }

  static float minimum(int format, IntArray words, int base, int group) {
    float minimum = 0f;
    if (format == Q4_1) {
      minimum = -half(words, base, 20 * (group >> 1) + 2);
    } else if (format == Q5_1) {
      minimum = -half(words, base, 24 * (group >> 1) + 2);
    } else if (format == Q2_K) {
      int block = 84 * (group >> 4);
      minimum = half(words, base, block + 82) * (octet(words, base, block + (group & 15)) >> 4);
    } else if (format == Q5_K) {
      int block = 176 * (group >> 4);
      minimum = half(words, base, block + 2) * sixBitMinimum(words, base, block, (group & 15) >> 1);
    }
    return minimum;
  }

  /** Of a block of Q4_K or Q5_K, for 32 numbers. */
  static int sixBitScale(IntArray words, int base, int block, int part) {
    return part < 4
        ? octet(words, base, block + 4 + part) & 63
        : (octet(words, base, block + 8 + part) & 15)
            | ((octet(words, base, block + part) >> 6) << 4);
  }

  static int sixBitMinimum(IntArray words, int base, int block, int part) {
    return part < 4
        ? octet(words, base, block + 8 + part) & 63
        : (octet(words, base, block + 8 + part) >> 4)
            | ((octet(words, base, block + 4 + part) >> 6) << 4);
  }

  static float quant(int format, IntArray words, int base, int index) {
    float quant;
    if (format == Q4_1) {
      int pair = octet(words, base, 20 * (index >> 5) + 4 + (index & 15));
      quant = (index & 16) == 0 ? pair & 15 : pair >> 4;
    } else if (format == Q5_0) {
      quant = fiveBits(words, base, 22 * (index >> 5) + 2, index & 31) - 16;
    } else if (format == Q5_1) {
      quant = fiveBits(words, base, 24 * (index >> 5) + 4, index & 31);
    } else if (format == Q2_K) {
      quant = bitPair(words, base, 84 * (index >> 8) + 16, index & 255);
    } else if (format == Q3_K) {
      int block = 110 * (index >> 8);
      int place = index & 255;
      int third = (octet(words, base, block + (place & 31)) >> (place >> 5)) & 1;
      quant = bitPair(words, base, block + 32, place) + 4 * third - 4;
    } else {
      int block = 176 * (index >> 8);
      int place = index & 255;
      int pair = octet(words, base, block + 48 + 32 * (place >> 6) + (place & 31));
      int fifth = (octet(words, base, block + 16 + (place & 31)) >> (place >> 5)) & 1;
      quant = ((place & 32) == 0 ? pair & 15 : pair >> 4) | (fifth << 4);
    }
    return quant;
  }

  /** {@code at}: where 32 fifth bits begin, before 16 bytes of nibbles. */
  private static int fiveBits(IntArray words, int base, int at, int place) {
    int pair = octet(words, base, at + 4 + (place & 15));
    int fifth = (octet(words, base, at + (place >> 3)) >> (place & 7)) & 1;
    return (place < 16 ? pair & 15 : pair >> 4) | (fifth << 4);
  }

  private static int bitPair(IntArray words, int base, int at, int place) {
    int pairs = octet(words, base, at + 32 * (place >> 7) + (place & 31));
    return (pairs >> (2 * ((place & 127) >> 5))) & 3;
  }
}
