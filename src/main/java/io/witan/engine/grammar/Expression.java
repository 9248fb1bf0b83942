package io.witan.engine.grammar;

import java.util.List;

/** What a rule of a grammar says. */
sealed interface Expression {
  /** The empty text. */
  Expression EMPTY = new Sequence(List.of());

  /** A text as it stands. */
  record Text(String value) implements Expression {}

  /** One character of a set. */
  record Characters(CharacterSet set) implements Expression {}

  /** One after the other. */
  record Sequence(List<Expression> parts) implements Expression {
    public Sequence {
      parts = List.copyOf(parts);
    }
  }

  /** One of these. */
  record Choice(List<Expression> options) implements Expression {
    public Choice {
      options = List.copyOf(options);
    }
  }

  /**
   * The same several times.
   *
   * @param most -1 for any number
   */
  record Repeat(Expression part, int least, int most) implements Expression {}

  /** What another rule says. */
  record Reference(String rule) implements Expression {}

  static Expression text(String value) {
    return new Text(value);
  }

  static Expression sequence(Expression... parts) {
    return new Sequence(List.of(parts));
  }

  static Expression choice(Expression... options) {
    return new Choice(List.of(options));
  }

  static Expression choice(List<Expression> options) {
    return options.size() == 1 ? options.getFirst() : new Choice(options);
  }

  static Expression optional(Expression part) {
    return new Repeat(part, 0, 1);
  }

  /** One of the characters of a set written as in a regular expression, such as {@code a-z_}. */
  static Expression of(String set) {
    return new Characters(CharacterSet.of(set));
  }
}
