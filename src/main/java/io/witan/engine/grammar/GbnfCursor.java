package io.witan.engine.grammar;

import io.witan.engine.EngineException;

/** Reads the characters, numbers and names of llama.cpp's grammar notation. For one text. */
final class GbnfCursor {
  private static final int MOST_CHARACTERS = 1 << 18;

  private final int[] source;

  /** Where it stands, in characters. */
  int at;

  GbnfCursor(String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw new EngineException.InvalidGrammar(
          "the grammar has %d characters; at most %d".formatted(text.length(), MOST_CHARACTERS));
    }
    this.source = text.codePoints().toArray();
  }

  boolean isAtEnd() {
    return at >= source.length;
  }

  /** Whether a range such as a-z goes on here. */
  boolean isRange() {
    return peek() == '-' && at + 1 < source.length && source[at + 1] != ']';
  }

  int number() {
    int start = at;
    long value = 0;
    while (peek() >= '0' && peek() <= '9' && at - start < 9) {
      value = value * 10 + source[at++] - '0';
    }
    if (at == start) {
      throw wrong("expected a number");
    }
    if (value > Grammar.MOST_REPETITIONS) {
      throw wrong("repetitions are at most " + Grammar.MOST_REPETITIONS);
    }
    return (int) value;
  }

  int character() {
    int point = peek();
    if (point < 0 || point == '\n') {
      throw wrong("the text or class has no end");
    }
    at++;
    if (point != '\\') {
      return valid(point);
    }
    int escape = peek();
    at++;
    return switch (escape) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case '\\', '"', '[', ']', '-', '^' -> escape;
      case 'x' -> hex(2);
      case 'u' -> hex(4);
      case 'U' -> hex(8);
      default -> {
        at--;
        throw wrong("unknown escape");
      }
    };
  }

  private int hex(int digits) {
    long value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = peek() < 0 ? -1 : Character.digit(peek(), 16);
      if (digit < 0) {
        throw wrong("expected " + digits + " hexadecimal digits");
      }
      value = value * 16 + digit;
      at++;
    }
    return valid(value);
  }

  private int valid(long point) {
    if (point > CharacterSet.LAST || (point >= 0xD800 && point <= 0xDFFF)) {
      throw wrong("no Unicode character");
    }
    return (int) point;
  }

  String name() {
    int start = at;
    while (isName(peek())) {
      at++;
    }
    if (at == start) {
      throw wrong("expected the name of a rule");
    }
    return new String(source, start, at - start);
  }

  static boolean isName(int point) {
    return point < 128 && (Character.isLetterOrDigit(point) || point == '-' || point == '_');
  }

  int peek() {
    return at < source.length ? source[at] : -1;
  }

  void expect(int point) {
    if (peek() != point) {
      throw wrong("expected " + Character.toString(point));
    }
    at++;
  }

  void skip(boolean lines) {
    while (at < source.length) {
      int point = source[at];
      if (point == '#') {
        while (at < source.length && source[at] != '\n') {
          at++;
        }
      } else if (point == ' ' || point == '\t' || (lines && (point == '\n' || point == '\r'))) {
        at++;
      } else {
        return;
      }
    }
  }

  EngineException wrong(String what) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < Math.min(at, source.length); i++) {
      column = source[i] == '\n' ? 1 : column + 1;
      line += source[i] == '\n' ? 1 : 0;
    }
    return new EngineException.InvalidGrammar(
        "line %d, column %d: %s".formatted(line, column, what));
  }
}
