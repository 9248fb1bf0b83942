package io.witan.documents.chunking;

/** Measures text in multiples of the target size of a passage. */
final class TextMeasure {

  /** A token longer than this (an address, encoded bytes) counts as several words. */
  private static final int LONGEST_WORD = 16;

  private final double word;
  private final double hanCharacter;

  TextMeasure(ChunkingOptions options) {
    this.word = 1.0 / options.targetWords();
    this.hanCharacter = 1.0 / options.targetHanCharacters();
  }

  double of(CharSequence text, int start, int end) {
    int han = 0;
    double words = 0;
    int run = 0;
    for (int i = start; i < end; ) {
      int codePoint = Character.codePointAt(text, i);
      i += Character.charCount(codePoint);
      if (isHanLike(codePoint)) {
        han++;
        words += wordsOf(run);
        run = 0;
      } else if (Character.isWhitespace(codePoint)) {
        words += wordsOf(run);
        run = 0;
      } else {
        run++;
      }
    }
    return (words + wordsOf(run)) * word + han * hanCharacter;
  }

  /** "zh" where Chinese characters dominate, counting five Latin letters as two of them. */
  static String languageOf(CharSequence text, int start, int end) {
    int han = 0;
    int letters = 0;
    for (int i = start; i < end; ) {
      int codePoint = Character.codePointAt(text, i);
      i += Character.charCount(codePoint);
      if (Character.isIdeographic(codePoint)) {
        han++;
      } else if (Character.isLetter(codePoint)) {
        letters++;
      }
    }
    return han > 0 && han * 5 >= letters * 2 ? "zh" : "en";
  }

  private static double wordsOf(int run) {
    return run == 0 ? 0 : Math.max(1, run / (double) LONGEST_WORD);
  }

  private static boolean isHanLike(int codePoint) {
    return Character.isIdeographic(codePoint) || (codePoint >= 0x3040 && codePoint <= 0x30FF);
  }
}
