package io.witan.engine.grammar;

import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/** Cuts ranges of characters into runs of byte ranges of UTF-8; surrogates are left out. */
final class Utf8Ranges {
  private static final int[][] LENGTHS = {
    {0x80, 0x7FF}, {0x800, 0xD7FF}, {0xE000, 0xFFFF}, {0x10000, 0x10FFFF}
  };

  private Utf8Ranges() {}

  /** Gives the least and the greatest value of each byte, for what is not ASCII. */
  static void split(CharacterSet.Range range, BiConsumer<byte[], byte[]> out) {
    for (int[] length : LENGTHS) {
      int first = Math.max(range.first(), length[0]);
      int last = Math.min(range.last(), length[1]);
      if (first <= last) {
        cut(first, last, out);
      }
    }
  }

  private static void cut(int first, int last, BiConsumer<byte[], byte[]> out) {
    for (int bits = 6; bits <= 18; bits += 6) {
      int low = (1 << bits) - 1;
      if ((first & ~low) != (last & ~low)) {
        if ((first & low) != 0) {
          cut(first, first | low, out);
          cut((first | low) + 1, last, out);
          return;
        }
        if ((last & low) != low) {
          cut(first, (last & ~low) - 1, out);
          cut(last & ~low, last, out);
          return;
        }
      }
    }
    out.accept(bytes(first), bytes(last));
  }

  private static byte[] bytes(int point) {
    return Character.toString(point).getBytes(StandardCharsets.UTF_8);
  }
}
