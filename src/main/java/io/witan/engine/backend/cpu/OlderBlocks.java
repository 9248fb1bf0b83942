package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.BlockDecoder.half;
import static io.witan.engine.backend.cpu.BlockDecoder.octet;

import java.lang.foreign.MemorySegment;

/** Blocks of 32 numbers with a minimum, a fifth bit, or both. Layouts: {@code ggml-common.h}. */
final class OlderBlocks {
  private OlderBlocks() {}

  /** Half-float scale and minimum, 16 bytes with numbers 0–15 low and 16–31 high. */
  static void decodeQ41(MemorySegment data, long from, int count, float[] out, int at) {
    for (int i = 0; i < count; i += 32, from += 20) {
      float scale = half(data, from);
      float minimum = half(data, from + 2);
      for (int j = 0; j < 16; j++) {
        int pair = octet(data, from + 4 + j);
        out[at + i + j] = (pair & 15) * scale + minimum;
        out[at + i + 16 + j] = (pair >> 4) * scale + minimum;
      }
    }
  }

  /** A half-float scale, 32 fifth bits, 16 bytes of nibbles as in Q4_1; minus 16. */
  static void decodeQ50(MemorySegment data, long from, int count, float[] out, int at) {
    for (int i = 0; i < count; i += 32, from += 22) {
      float scale = half(data, from);
      for (int j = 0; j < 32; j++) {
        out[at + i + j] = (fiveBits(data, from + 2, j) - 16) * scale;
      }
    }
  }

  /** Half-float scale and minimum, then as Q5_0. */
  static void decodeQ51(MemorySegment data, long from, int count, float[] out, int at) {
    for (int i = 0; i < count; i += 32, from += 24) {
      float scale = half(data, from);
      float minimum = half(data, from + 2);
      for (int j = 0; j < 32; j++) {
        out[at + i + j] = fiveBits(data, from + 4, j) * scale + minimum;
      }
    }
  }

  private static int fiveBits(MemorySegment data, long from, int j) {
    int pair = octet(data, from + 4 + j % 16);
    int fifth = octet(data, from + j / 8) >> j % 8 & 1;
    return (j < 16 ? pair & 15 : pair >> 4) | fifth << 4;
  }
}
