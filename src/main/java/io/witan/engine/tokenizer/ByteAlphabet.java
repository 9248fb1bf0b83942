package io.witan.engine.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The characters that stand for the 256 bytes in byte-pair vocabularies ({@code bytes_to_unicode}
 * in GPT-2's encoder.py): printable Latin-1 for itself, the others from U+0100 upwards.
 */
final class ByteAlphabet {
  private static final int FIRST_SUBSTITUTE = 0x100;
  private static final char[] CHARACTERS = new char[256];
  private static final int[] BYTES = new int[FIRST_SUBSTITUTE + 68];

  static {
    Arrays.fill(BYTES, -1);
    char substitute = FIRST_SUBSTITUTE;
    for (int value = 0; value < CHARACTERS.length; value++) {
      boolean printable =
          (value >= '!' && value <= '~')
              || (value >= 0xA1 && value <= 0xAC)
              || (value >= 0xAE && value <= 0xFF);
      CHARACTERS[value] = printable ? (char) value : substitute++;
      BYTES[CHARACTERS[value]] = value;
    }
  }

  private ByteAlphabet() {}

  static char character(int unsignedByte) {
    return CHARACTERS[unsignedByte];
  }

  /** The bytes that a text stands for; characters outside the alphabet stand for themselves. */
  static byte[] bytes(String text) {
    var bytes = new ByteArrayOutputStream(text.length());
    text.codePoints()
        .forEach(
            codePoint -> {
              if (codePoint < BYTES.length && BYTES[codePoint] >= 0) {
                bytes.write(BYTES[codePoint]);
              } else {
                bytes.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
              }
            });
    return bytes.toByteArray();
  }
}
