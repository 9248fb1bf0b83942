package io.witan.engine.tokenizer;

/** A text as code points and what kind each of them is, in Unicode's terms. */
final class CodePoints {
  private static final byte LETTER = 1;
  private static final byte NUMBER = 2;
  private static final byte SPACE = 3;
  private static final byte PUNCTUATION = 4;
  private static final byte OTHER = 5;

  private final int[] values;
  private final byte[] kinds;

  CodePoints(String text) {
    this.values = text.codePoints().toArray();
    this.kinds = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      kinds[i] = kind(values[i]);
    }
  }

  private static byte kind(int codePoint) {
    if (isSpace(codePoint)) {
      return SPACE;
    }
    return switch (Character.getType(codePoint)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER ->
          LETTER;
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
          NUMBER;
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          PUNCTUATION;
      default -> OTHER;
    };
  }

  /** Unicode's property White_Space. */
  private static boolean isSpace(int codePoint) {
    return (codePoint >= 0x09 && codePoint <= 0x0D)
        || codePoint == ' '
        || codePoint == 0x85
        || codePoint == 0xA0
        || codePoint == 0x1680
        || (codePoint >= 0x2000 && codePoint <= 0x200A)
        || codePoint == 0x2028
        || codePoint == 0x2029
        || codePoint == 0x202F
        || codePoint == 0x205F
        || codePoint == 0x3000;
  }

  int length() {
    return values.length;
  }

  int at(int index) {
    return values[index];
  }

  boolean isLetter(int index) {
    return kinds[index] == LETTER;
  }

  boolean isNumber(int index) {
    return kinds[index] == NUMBER;
  }

  boolean isSpaceAt(int index) {
    return kinds[index] == SPACE;
  }

  boolean isPunctuation(int index) {
    return kinds[index] == PUNCTUATION;
  }

  boolean isLineBreak(int index) {
    return values[index] == '\n' || values[index] == '\r';
  }

  /** Neither space nor letter nor number. */
  boolean isMark(int index) {
    return kinds[index] == PUNCTUATION || kinds[index] == OTHER;
  }
}
