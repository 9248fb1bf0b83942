package io.witan.engine.tokenizer;

import java.util.Arrays;

/**
 * Removes spaces that vocabularies of old put before punctuation and contractions; the reference
 * does so when it decodes a whole text ({@code clean_up_tokenization_spaces} of Hugging Face, as
 * llama.cpp reads it). Works on bytes, for a text may end within a character.
 */
final class SpaceTidying {
  private SpaceTidying() {}

  static byte[] tidy(byte[] text) {
    return beforeContractions(aroundApostrophes(beforePunctuation(text)));
  }

  private static byte[] beforePunctuation(byte[] text) {
    byte[] kept = new byte[text.length];
    int length = 0;
    for (int i = 0; i < text.length; i++) {
      boolean stop = text[i] == '?' || text[i] == '!' || text[i] == '.' || text[i] == ',';
      if (stop && isSpace(text, i - 1)) {
        length--;
      }
      kept[length++] = text[i];
    }
    return Arrays.copyOf(kept, length);
  }

  /** An apostrophe alone loses the spaces on both sides; one space serves one apostrophe. */
  private static byte[] aroundApostrophes(byte[] text) {
    byte[] kept = new byte[text.length];
    int length = 0;
    int taken = -1;
    for (int i = 0; i < text.length; i++) {
      boolean alone =
          text[i] == '\'' && i - 1 != taken && isSpace(text, i - 1) && isSpace(text, i + 1);
      if (alone) {
        length--;
      }
      kept[length++] = text[i];
      if (alone) {
        taken = ++i;
      }
    }
    return Arrays.copyOf(kept, length);
  }

  private static byte[] beforeContractions(byte[] text) {
    byte[] kept = new byte[text.length];
    int length = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\'' && isSpace(text, i - 1) && isContraction(text, i + 1)) {
        length--;
      }
      kept[length++] = text[i];
    }
    return Arrays.copyOf(kept, length);
  }

  private static boolean isContraction(byte[] text, int at) {
    if (at >= text.length) {
      return false;
    }
    if (text[at] == 's' || text[at] == 'm') {
      return true;
    }
    return (text[at] == 'r' || text[at] == 'v') && at + 1 < text.length && text[at + 1] == 'e';
  }

  private static boolean isSpace(byte[] text, int at) {
    return at >= 0 && at < text.length && text[at] == ' ';
  }
}
