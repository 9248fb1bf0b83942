package io.witan.engine.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that has a value. */
sealed interface Expression {
  record Constant(Value value) implements Expression {}

  record Name(String name) implements Expression {}

  record Attribute(Expression target, String name) implements Expression {}

  record Index(Expression target, Expression key) implements Expression {}

  record Slice(
      Expression target,
      @Nullable Expression from,
      @Nullable Expression to,
      @Nullable Expression step)
      implements Expression {}

  record Call(Expression target, Arguments arguments) implements Expression {}

  record Filter(Expression target, String name, Arguments arguments) implements Expression {}

  record Test(Expression target, String name, Arguments arguments) implements Expression {}

  record Not(Expression operand) implements Expression {}

  record Negative(Expression operand) implements Expression {}

  record Binary(String operator, Expression left, Expression right) implements Expression {}

  record And(Expression left, Expression right) implements Expression {}

  record Or(Expression left, Expression right) implements Expression {}

  /** {@code a < b < c}: operator and operand alternate after the first. */
  record Comparison(Expression first, List<Compared> rest) implements Expression {}

  record Compared(String operator, Expression operand) {}

  record Choice(Expression condition, Expression then, @Nullable Expression otherwise)
      implements Expression {}

  record ListOf(List<Expression> elements) implements Expression {}

  record MappingOf(List<Entry> entries) implements Expression {}

  record Entry(Expression key, Expression value) {}

  record Arguments(List<Expression> positional, Map<String, Expression> named) {
    static final Arguments NONE = new Arguments(List.of(), Map.of());
  }
}
