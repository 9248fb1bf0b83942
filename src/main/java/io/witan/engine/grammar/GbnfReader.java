package io.witan.engine.grammar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads llama.cpp's grammar notation ({@code grammars/README.md} there). For one text. */
final class GbnfReader {
  private static final int DEEPEST = 100;

  private final GbnfCursor text;
  private final Map<String, Expression> rules = new LinkedHashMap<>();
  private final Map<String, Integer> references = new LinkedHashMap<>();
  private int depth;

  GbnfReader(String text) {
    this.text = new GbnfCursor(text);
  }

  Grammar read() {
    text.skip(true);
    while (!text.isAtEnd()) {
      rule();
      text.skip(true);
    }
    references.forEach(
        (name, place) -> {
          if (!rules.containsKey(name)) {
            text.at = place;
            throw text.wrong("there is no rule “" + name + "”");
          }
        });
    return new Grammar(rules, "root");
  }

  private void rule() {
    int start = text.at;
    var name = text.name();
    text.skip(false);
    for (int each : new int[] {':', ':', '='}) {
      text.expect(each);
    }
    text.skip(true);
    var expression = choice();
    if (!text.isAtEnd() && text.peek() != '\n' && text.peek() != '\r') {
      throw text.wrong("expected the end of the rule");
    }
    if (rules.put(name, expression) != null) {
      text.at = start;
      throw text.wrong("the rule “" + name + "” stands twice");
    }
  }

  private Expression choice() {
    var options = new ArrayList<Expression>();
    options.add(sequence());
    while (text.peek() == '|') {
      text.at++;
      text.skip(true);
      options.add(sequence());
    }
    return Expression.choice(options);
  }

  private Expression sequence() {
    var parts = new ArrayList<Expression>();
    while (true) {
      int next = text.peek();
      Expression part;
      if (next == '"') {
        part = literal();
      } else if (next == '[') {
        part = characters();
      } else if (next == '.') {
        text.at++;
        part = new Expression.Characters(CharacterSet.of(0, CharacterSet.LAST));
      } else if (next == '(') {
        part = group();
      } else if (GbnfCursor.isName(next)) {
        int start = text.at;
        var name = text.name();
        references.putIfAbsent(name, start);
        part = new Expression.Reference(name);
      } else {
        return new Expression.Sequence(parts);
      }
      text.skip(depth > 0);
      parts.add(repeated(part));
    }
  }

  private Expression group() {
    if (++depth > DEEPEST) {
      throw text.wrong("groups are nested more than " + DEEPEST + " deep");
    }
    text.at++;
    text.skip(true);
    var inner = choice();
    text.expect(')');
    depth--;
    return inner;
  }

  private Expression repeated(Expression part) {
    var result = part;
    int operators = 0;
    while (true) {
      switch (text.peek()) {
        case '*' -> result = new Expression.Repeat(result, 0, -1);
        case '+' -> result = new Expression.Repeat(result, 1, -1);
        case '?' -> result = new Expression.Repeat(result, 0, 1);
        case '{' -> result = counted(result);
        default -> {
          return result;
        }
      }
      text.at++;
      if (++operators > 8) {
        throw text.wrong("too many repetitions of a repetition");
      }
      text.skip(depth > 0);
    }
  }

  /** Ends at the closing brace. */
  private Expression counted(Expression part) {
    text.at++;
    text.skip(false);
    int least = text.peek() == ',' ? 0 : text.number();
    int most = least;
    text.skip(false);
    if (text.peek() == ',') {
      text.at++;
      text.skip(false);
      most = text.peek() == '}' ? -1 : text.number();
      text.skip(false);
    }
    if (text.peek() != '}') {
      throw text.wrong("expected }");
    }
    if (most >= 0 && most < least) {
      throw text.wrong("at most %d is less than at least %d".formatted(most, least));
    }
    return new Expression.Repeat(part, least, most);
  }

  private Expression literal() {
    text.at++;
    var literal = new StringBuilder();
    while (text.peek() != '"') {
      literal.appendCodePoint(text.character());
    }
    text.at++;
    return new Expression.Text(literal.toString());
  }

  private Expression characters() {
    int start = text.at++;
    boolean negated = text.peek() == '^';
    text.at += negated ? 1 : 0;
    List<CharacterSet.Range> ranges = new ArrayList<>();
    while (text.peek() != ']') {
      int first = text.character();
      int last = first;
      if (text.isRange()) {
        text.at++;
        last = text.character();
      }
      if (last < first) {
        throw text.wrong("the range of characters is empty");
      }
      ranges.add(new CharacterSet.Range(first, last));
    }
    text.at++;
    var set = new CharacterSet(ranges);
    var chosen = negated ? set.not() : set;
    if (chosen.isEmpty()) {
      text.at = start;
      throw text.wrong("the class has no characters");
    }
    return new Expression.Characters(chosen);
  }
}
