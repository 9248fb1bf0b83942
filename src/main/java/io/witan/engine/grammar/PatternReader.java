package io.witan.engine.grammar;

import io.witan.engine.EngineException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the regular expressions of a schema: literals, classes, groups, alternatives, repetitions,
 * and anchors at the ends of the whole. For one text.
 */
final class PatternReader {
  private static final CharacterSet DIGIT = CharacterSet.of("0-9");
  private static final CharacterSet WORD = CharacterSet.of("0-9A-Za-z_");
  private static final CharacterSet SPACE = CharacterSet.of(" \t\n\r\f\u000b\u00a0\ufeff");
  private static final CharacterSet ANY = CharacterSet.of("\n\r\u2028\u2029").not();
  private static final int DEEPEST = 50;

  private final String pattern;
  private final int[] source;
  private int at;
  private int depth;

  private PatternReader(String pattern) {
    this.pattern = pattern;
    this.source = pattern.codePoints().toArray();
  }

  /** The strings that have such a part, without their quotes. */
  static Expression read(String pattern) {
    return new PatternReader(pattern).whole();
  }

  private Expression whole() {
    var options = new ArrayList<Expression>();
    do {
      boolean begins = take('^');
      var inner = sequence();
      boolean ends = take('$');
      var any = new Expression.Repeat(JsonTexts.CHARACTER, 0, -1);
      var empty = Expression.EMPTY;
      options.add(Expression.sequence(begins ? empty : any, inner, ends ? empty : any));
    } while (take('|'));
    if (at < source.length) {
      throw refused();
    }
    return Expression.choice(options);
  }

  private Expression choice() {
    var options = new ArrayList<Expression>();
    do {
      options.add(sequence());
    } while (take('|'));
    return Expression.choice(options);
  }

  private Expression sequence() {
    var parts = new ArrayList<Expression>();
    while (at < source.length && "|)$".indexOf(source[at]) < 0) {
      parts.add(repeated(atom()));
    }
    return new Expression.Sequence(parts);
  }

  private Expression atom() {
    int next = source[at++];
    return switch (next) {
      case '(' -> group();
      case '[' -> JsonTexts.inString(set());
      case '.' -> JsonTexts.inString(ANY);
      case '\\' -> JsonTexts.inString(escape());
      case '^', '*', '+', '?', '{', '}', ']' -> {
        at--;
        throw refused();
      }
      default -> JsonTexts.inString(CharacterSet.of(next, next));
    };
  }

  private Expression group() {
    if (++depth > DEEPEST) {
      throw refused();
    }
    if (take('?') && !take(':')) {
      throw refused();
    }
    var inner = choice();
    require(')');
    depth--;
    return inner;
  }

  private CharacterSet escape() {
    if (at >= source.length) {
      throw refused();
    }
    int escape = source[at++];
    return switch (escape) {
      case 'd' -> DIGIT;
      case 'D' -> DIGIT.not();
      case 'w' -> WORD;
      case 'W' -> WORD.not();
      case 's' -> SPACE;
      case 'S' -> SPACE.not();
      case 'n' -> CharacterSet.of('\n', '\n');
      case 'r' -> CharacterSet.of('\r', '\r');
      case 't' -> CharacterSet.of('\t', '\t');
      default -> {
        if (Character.isLetterOrDigit(escape)) {
          at--;
          throw refused();
        }
        yield CharacterSet.of(escape, escape);
      }
    };
  }

  private CharacterSet set() {
    boolean negated = take('^');
    var set = new CharacterSet(List.of());
    while (at < source.length && source[at] != ']') {
      var first = member();
      boolean range = at + 1 < source.length && source[at] == '-' && source[at + 1] != ']';
      if (range) {
        at++;
        var last = member();
        int from = single(first);
        int to = single(last);
        if (to < from) {
          throw refused();
        }
        first = CharacterSet.of(from, to);
      }
      set = set.or(first);
    }
    require(']');
    var chosen = negated ? set.not() : set;
    if (chosen.isEmpty()) {
      throw refused();
    }
    return chosen;
  }

  private CharacterSet member() {
    int next = source[at++];
    return next == '\\' ? escape() : CharacterSet.of(next, next);
  }

  private int single(CharacterSet set) {
    var range = set.ranges().getFirst();
    if (set.ranges().size() > 1 || range.first() != range.last()) {
      throw refused();
    }
    return range.first();
  }

  private Expression repeated(Expression part) {
    if (take('*')) {
      return new Expression.Repeat(part, 0, -1);
    }
    if (take('+')) {
      return new Expression.Repeat(part, 1, -1);
    }
    if (take('?')) {
      return new Expression.Repeat(part, 0, 1);
    }
    if (!take('{')) {
      return part;
    }
    int least = number();
    int most = least;
    if (take(',')) {
      most = at < source.length && source[at] == '}' ? -1 : number();
    }
    require('}');
    if (most >= 0 && most < least) {
      throw refused();
    }
    return new Expression.Repeat(part, least, most);
  }

  private int number() {
    int start = at;
    int value = 0;
    while (at < source.length && source[at] >= '0' && source[at] <= '9') {
      value = value * 10 + source[at++] - '0';
      if (value > Grammar.MOST_REPETITIONS) {
        throw refused();
      }
    }
    if (at == start) {
      throw refused();
    }
    return value;
  }

  private boolean take(int point) {
    boolean there = at < source.length && source[at] == point;
    at += there ? 1 : 0;
    return there;
  }

  private void require(int point) {
    if (!take(point)) {
      throw refused();
    }
  }

  private EngineException refused() {
    return new EngineException.InvalidGrammar(
        "pattern “%s” is not supported from its character %d on".formatted(pattern, at + 1));
  }
}
