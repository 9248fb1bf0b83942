package io.witan.engine.template;

/** Reads a string in quotes, with Python's escapes. */
final class StringLiteral {
  private StringLiteral() {}

  static String read(Lexer lexer, char quote) {
    lexer.read();
    var text = new StringBuilder();
    for (int next = lexer.read(); next != quote; next = lexer.read()) {
      if (next < 0) {
        throw lexer.failure("a string has no end");
      }
      if (next == '\\') {
        escape(lexer, text);
      } else {
        text.append((char) next);
      }
    }
    return text.toString();
  }

  private static void escape(Lexer lexer, StringBuilder text) {
    int escaped = lexer.read();
    switch (escaped) {
      case -1 -> throw lexer.failure("a string has no end");
      case 'n' -> text.append('\n');
      case 't' -> text.append('\t');
      case 'r' -> text.append('\r');
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case '0' -> text.append('\0');
      case '\\', '\'', '"' -> text.append((char) escaped);
      case '\n' -> {
        // a line that goes on
      }
      case 'x' -> text.appendCodePoint(hex(lexer, 2));
      case 'u' -> text.append((char) hex(lexer, 4));
      case 'U' -> {
        int codePoint = hex(lexer, 8);
        if (!Character.isValidCodePoint(codePoint)) {
          throw lexer.failure("there is no such character");
        }
        text.appendCodePoint(codePoint);
      }
      default -> text.append('\\').append((char) escaped);
    }
  }

  private static int hex(Lexer lexer, int digits) {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = Character.digit(lexer.read(), 16);
      if (digit < 0) {
        throw lexer.failure("an escape in a string lacks digits");
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
