package io.witan.engine.grammar;

import io.witan.engine.EngineException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Reads strict JSON (RFC 8259) into maps, lists, strings, numbers and booleans; {@link #NULL} is
 * null. Members keep their order. For one text.
 */
final class JsonReader {
  /** JSON null. */
  static final Object NULL =
      new Object() {
        @Override
        public String toString() {
          return "null";
        }
      };

  private static final int MOST_CHARACTERS = 1 << 18;
  private static final int DEEPEST = 64;

  private final String source;
  private int at;

  private JsonReader(String source) {
    this.source = source;
  }

  static Object read(String source) {
    if (source.length() > MOST_CHARACTERS) {
      throw new EngineException.InvalidGrammar(
          "the schema has %d characters; at most %d".formatted(source.length(), MOST_CHARACTERS));
    }
    var reader = new JsonReader(source);
    var value = reader.value(0);
    if (reader.peek() >= 0) {
      throw reader.wrong("expected the end");
    }
    return value;
  }

  private Object value(int depth) {
    if (depth > DEEPEST) {
      throw wrong("nested more than " + DEEPEST + " deep");
    }
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", NULL);
      default -> number();
    };
  }

  private Object object(int depth) {
    var members = new LinkedHashMap<String, Object>();
    at++;
    boolean more = peek() != '}';
    while (more) {
      if (peek() != '"') {
        throw wrong("expected a name");
      }
      var name = string();
      expect(':');
      if (members.put(name, value(depth + 1)) != null) {
        throw wrong("“" + name + "” stands twice");
      }
      more = peek() == ',';
      at += more ? 1 : 0;
    }
    expect('}');
    return members;
  }

  private List<Object> array(int depth) {
    var items = new ArrayList<Object>();
    at++;
    boolean more = peek() != ']';
    while (more) {
      items.add(value(depth + 1));
      more = peek() == ',';
      at += more ? 1 : 0;
    }
    expect(']');
    return items;
  }

  private String string() {
    var text = new StringBuilder();
    at++;
    while (true) {
      if (at >= source.length() || source.charAt(at) < ' ') {
        throw wrong("the string has no end");
      }
      char next = source.charAt(at++);
      if (next == '"') {
        return text.toString();
      }
      text.append(next == '\\' ? escape() : next);
    }
  }

  private char escape() {
    char escape = at < source.length() ? source.charAt(at++) : ' ';
    return switch (escape) {
      case '"', '\\', '/' -> escape;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hex();
      default -> throw wrong("unknown escape");
    };
  }

  private char hex() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = at < source.length() ? Character.digit(source.charAt(at++), 16) : -1;
      if (digit < 0) {
        throw wrong("expected four hexadecimal digits");
      }
      value = value * 16 + digit;
    }
    return (char) value;
  }

  private Object word(String word, Object value) {
    if (!source.startsWith(word, at)) {
      throw wrong("expected a value");
    }
    at += word.length();
    return value;
  }

  private BigDecimal number() {
    int start = at;
    while (at < source.length() && "+-.eE0123456789".indexOf(source.charAt(at)) >= 0) {
      at++;
    }
    var text = source.substring(start, at);
    if (text.length() > 40
        || !text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")) {
      at = start;
      throw wrong("expected a value");
    }
    return new BigDecimal(text);
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw wrong("expected " + wanted);
    }
    at++;
  }

  /** The next character that is no blank, or -1. */
  private int peek() {
    while (at < source.length() && " \t\r\n".indexOf(source.charAt(at)) >= 0) {
      at++;
    }
    return at < source.length() ? source.charAt(at) : -1;
  }

  private EngineException wrong(String what) {
    return new EngineException.InvalidGrammar("the schema at character %d: %s".formatted(at, what));
  }
}
