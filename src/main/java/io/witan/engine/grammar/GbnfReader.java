package io.witan.engine.grammar;

import io.witan.engine.EngineException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads llama.cpp's grammar notation ({@code grammars/README.md} there). For one text. */
final class GbnfReader {
  private static final int MOST_CHARACTERS = 1 << 18;
  private static final int DEEPEST = 100;

  private final int[] source;
  private final Map<String, Expression> rules = new LinkedHashMap<>();
  private final Map<String, Integer> references = new LinkedHashMap<>();
  private int at;
  private int depth;

  GbnfReader(String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw new EngineException.InvalidGrammar(
          "the grammar has %d characters; at most %d".formatted(text.length(), MOST_CHARACTERS));
    }
    this.source = text.codePoints().toArray();
  }

  Grammar read() {
    skip(true);
    while (at < source.length) {
      rule();
      skip(true);
    }
    references.forEach(
        (name, place) -> {
          if (!rules.containsKey(name)) {
            at = place;
            throw wrong("there is no rule “" + name + "”");
          }
        });
    return new Grammar(rules, "root");
  }

  private void rule() {
    int start = at;
    var name = name();
    skip(false);
    for (int each : new int[] {':', ':', '='}) {
      expect(each);
    }
    skip(true);
    var expression = choice();
    if (at < source.length && source[at] != '\n' && source[at] != '\r') {
      throw wrong("expected the end of the rule");
    }
    if (rules.put(name, expression) != null) {
      at = start;
      throw wrong("the rule “" + name + "” stands twice");
    }
  }

  private Expression choice() {
    var options = new ArrayList<Expression>();
    options.add(sequence());
    while (peek() == '|') {
      at++;
      skip(true);
      options.add(sequence());
    }
    return Expression.choice(options);
  }

  private Expression sequence() {
    var parts = new ArrayList<Expression>();
    while (true) {
      int next = peek();
      Expression part;
      if (next == '"') {
        part = literal();
      } else if (next == '[') {
        part = characters();
      } else if (next == '.') {
        at++;
        part = new Expression.Characters(CharacterSet.of(0, CharacterSet.LAST));
      } else if (next == '(') {
        part = group();
      } else if (isName(next)) {
        int start = at;
        var name = name();
        references.putIfAbsent(name, start);
        part = new Expression.Reference(name);
      } else {
        return new Expression.Sequence(parts);
      }
      skip(depth > 0);
      parts.add(repeated(part));
    }
  }

  private Expression group() {
    if (++depth > DEEPEST) {
      throw wrong("groups are nested more than " + DEEPEST + " deep");
    }
    at++;
    skip(true);
    var inner = choice();
    expect(')');
    depth--;
    return inner;
  }

  private Expression repeated(Expression part) {
    var result = part;
    int operators = 0;
    while (true) {
      switch (peek()) {
        case '*' -> result = new Expression.Repeat(result, 0, -1);
        case '+' -> result = new Expression.Repeat(result, 1, -1);
        case '?' -> result = new Expression.Repeat(result, 0, 1);
        case '{' -> result = counted(result);
        default -> {
          return result;
        }
      }
      at++;
      if (++operators > 8) {
        throw wrong("too many repetitions of a repetition");
      }
      skip(depth > 0);
    }
  }

  /** Ends at the closing brace. */
  private Expression counted(Expression part) {
    at++;
    skip(false);
    int least = peek() == ',' ? 0 : number();
    int most = least;
    skip(false);
    if (peek() == ',') {
      at++;
      skip(false);
      most = peek() == '}' ? -1 : number();
      skip(false);
    }
    if (peek() != '}') {
      throw wrong("expected }");
    }
    if (most >= 0 && most < least) {
      throw wrong("at most %d is less than at least %d".formatted(most, least));
    }
    return new Expression.Repeat(part, least, most);
  }

  private int number() {
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

  private Expression literal() {
    at++;
    var text = new StringBuilder();
    while (peek() != '"') {
      text.appendCodePoint(character());
    }
    at++;
    return new Expression.Text(text.toString());
  }

  private Expression characters() {
    int start = at++;
    boolean negated = peek() == '^';
    at += negated ? 1 : 0;
    List<CharacterSet.Range> ranges = new ArrayList<>();
    while (peek() != ']') {
      int first = character();
      int last = first;
      if (peek() == '-' && at + 1 < source.length && source[at + 1] != ']') {
        at++;
        last = character();
      }
      if (last < first) {
        throw wrong("the range of characters is empty");
      }
      ranges.add(new CharacterSet.Range(first, last));
    }
    at++;
    var set = new CharacterSet(ranges);
    var chosen = negated ? set.not() : set;
    if (chosen.isEmpty()) {
      at = start;
      throw wrong("the class has no characters");
    }
    return new Expression.Characters(chosen);
  }

  private int character() {
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

  private String name() {
    int start = at;
    while (isName(peek())) {
      at++;
    }
    if (at == start) {
      throw wrong("expected the name of a rule");
    }
    return new String(source, start, at - start);
  }

  private static boolean isName(int point) {
    return point < 128 && (Character.isLetterOrDigit(point) || point == '-' || point == '_');
  }

  private int peek() {
    return at < source.length ? source[at] : -1;
  }

  private void expect(int point) {
    if (peek() != point) {
      throw wrong("expected " + Character.toString(point));
    }
    at++;
  }

  private void skip(boolean lines) {
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

  private EngineException wrong(String what) {
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
