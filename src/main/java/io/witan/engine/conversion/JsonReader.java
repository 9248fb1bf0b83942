package io.witan.engine.conversion;

import io.witan.engine.EngineException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;

/** Reads JSON (RFC 8259) and nothing else: no comments, no key twice, at most 100 levels. */
final class JsonReader {
  private static final int MOST_LEVELS = 100;
  private static final int MOST_DIGITS = 1000;
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private final String text;
  private final String file;
  private int at;
  private int level;

  private JsonReader(String text, String file) {
    this.text = text;
    this.file = file;
  }

  /**
   * @param file what to call the text in messages
   * @throws EngineException if it is no JSON
   */
  static Json read(String text, String file) {
    var reader = new JsonReader(text, file);
    var value = reader.value();
    reader.space();
    if (reader.at < text.length()) {
      throw reader.wrong("more after the end");
    }
    return value;
  }

  private Json value() {
    space();
    return switch (peek()) {
      case '{' -> mapping();
      case '[' -> items();
      case '"' -> new Json.Text(string());
      case 't' -> word("true", new Json.Flag(true));
      case 'f' -> word("false", new Json.Flag(false));
      case 'n' -> word("null", Json.None.NULL);
      default -> number();
    };
  }

  private Json mapping() {
    enter();
    var values = new LinkedHashMap<String, Json>();
    if (!closes('}')) {
      do {
        space();
        if (peek() != '"') {
          throw wrong("no key");
        }
        String key = string();
        space();
        expect(':');
        if (values.put(key, value()) != null) {
          throw wrong("the key " + key + " comes twice");
        }
      } while (continues('}'));
    }
    level--;
    return new Json.Mapping(values);
  }

  private Json items() {
    enter();
    var values = new ArrayList<Json>();
    if (!closes(']')) {
      do {
        values.add(value());
      } while (continues(']'));
    }
    level--;
    return new Json.Items(values);
  }

  private void enter() {
    at++;
    if (++level > MOST_LEVELS) {
      throw wrong("more than " + MOST_LEVELS + " levels");
    }
  }

  private boolean closes(char end) {
    space();
    if (peek() != end) {
      return false;
    }
    at++;
    return true;
  }

  private boolean continues(char end) {
    space();
    if (peek() == ',') {
      at++;
      return true;
    }
    expect(end);
    return false;
  }

  private Json word(String word, Json value) {
    if (!text.startsWith(word, at)) {
      throw wrong("no value");
    }
    at += word.length();
    return value;
  }

  private Json number() {
    var matcher = NUMBER.matcher(text).region(at, Math.min(text.length(), at + MOST_DIGITS));
    if (!matcher.lookingAt()) {
      throw wrong("no value");
    }
    at = matcher.end();
    return new Json.Figure(matcher.group());
  }

  private String string() {
    int start = ++at;
    while (peek() != '"' && peek() != '\\') {
      plain();
    }
    if (peek() == '"') {
      return text.substring(start, at++);
    }
    var string = new StringBuilder(text.substring(start, at));
    while (peek() != '"') {
      if (peek() == '\\') {
        at++;
        string.append(escape());
      } else {
        string.append(peek());
        plain();
      }
    }
    at++;
    return string.toString();
  }

  private void plain() {
    if (peek() < ' ') {
      throw wrong("a control character in a string");
    }
    at++;
  }

  private char escape() {
    char escaped = peek();
    at++;
    return switch (escaped) {
      case '"', '\\', '/' -> escaped;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unit();
      default -> throw wrong("the escape \\" + escaped);
    };
  }

  private char unit() {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0 || peek() > 'f') {
        throw wrong("no four digits after \\u");
      }
      unit = unit << 4 | digit;
      at++;
    }
    return (char) unit;
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private void expect(char character) {
    if (peek() != character) {
      throw wrong("'" + character + "' expected");
    }
    at++;
  }

  private char peek() {
    if (at >= text.length()) {
      throw wrong("it ends early");
    }
    return text.charAt(at);
  }

  private EngineException wrong(String what) {
    return new EngineException.InvalidFile(
        "%s is no JSON: %s at character %d".formatted(file, what, at));
  }
}
