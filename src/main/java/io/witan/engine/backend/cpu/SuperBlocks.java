package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.BlockDecoder.half;
import static io.witan.engine.backend.cpu.BlockDecoder.octet;

import java.lang.foreign.MemorySegment;

/** Blocks of 256 numbers that are not among the fast ones. Layouts: {@code ggml-common.h}. */
final class SuperBlocks {
  private static final int SIZE = 256;

  private SuperBlocks() {}

  /**
   * 16 groups: a byte with scale (low) and minimum (high) for each, 64 bytes of bit pairs, of which
   * each 32 hold four runs of 32 numbers; half-float scale and minimum of all.
   */
  static void decodeQ2K(MemorySegment data, long from, int count, float[] out, int at) {
    for (int block = 0; block < count; block += SIZE, from += 84) {
      float scale = half(data, from + 80);
      float minimum = half(data, from + 82);
      for (int i = 0; i < SIZE; i++) {
        int factors = octet(data, from + i / 16);
        int quant = bitPair(data, from + 16, i);
        out[at + block + i] = scale * (factors & 15) * quant - minimum * (factors >> 4);
      }
    }
  }

  /**
   * 16 groups: 32 bytes with a third bit of each number, 64 bytes of bit pairs as in Q2_K, 16 6-bit
   * scales less 32 in 12 bytes, a half-float scale of all; numbers less 4.
   */
  static void decodeQ3K(MemorySegment data, long from, int count, float[] out, int at) {
    for (int block = 0; block < count; block += SIZE, from += 110) {
      float scale = half(data, from + 108);
      for (int i = 0; i < SIZE; i++) {
        int third = octet(data, from + i % 32) >> i / 32 & 1;
        int quant = bitPair(data, from + 32, i) + 4 * third - 4;
        out[at + block + i] = scale * (scaleOfQ3K(data, from + 96, i / 16) - 32) * quant;
      }
    }
  }

  private static int bitPair(MemorySegment data, long quants, int i) {
    return octet(data, quants + 32 * (i / 128) + i % 32) >> 2 * (i % 128 / 32) & 3;
  }

  private static int scaleOfQ3K(MemorySegment data, long scales, int group) {
    int low = octet(data, scales + group % 8) >> 4 * (group / 8) & 15;
    int high = octet(data, scales + 8 + group % 4) >> 2 * (group / 4) & 3;
    return low | high << 4;
  }

  /** As Q4_K, with 32 bytes that hold the fifth bits before the nibbles: bit g for group g. */
  static void decodeQ5K(MemorySegment data, long from, int count, float[] out, int at) {
    for (int block = 0; block < count; block += SIZE, from += 176) {
      float scale = half(data, from);
      float minimum = half(data, from + 2);
      for (int group = 0; group < 8; group++) {
        float d = scale * BlockDecoder.scaleOfQ4K(data, from + 4, group);
        float m = minimum * BlockDecoder.minimumOfQ4K(data, from + 4, group);
        for (int i = 0; i < 32; i++) {
          int pair = octet(data, from + 48 + 32 * (group / 2) + i);
          int fifth = octet(data, from + 16 + i) >> group & 1;
          int quant = (group % 2 == 0 ? pair & 15 : pair >> 4) | fifth << 4;
          out[at + block + 32 * group + i] = d * quant - m;
        }
      }
    }
  }
}
