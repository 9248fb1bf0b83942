package io.witan.engine.template;

import io.witan.engine.template.Expression.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses expressions; binds as tightly as Jinja does, from {@code … if … else} to filters. */
final class ExpressionParser {
  private static final Set<String> ENDS_TEST = Set.of("else", "or", "and", "is", "not", "in", "if");
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", ">", "<=", ">=");

  private final Tokens tokens;

  ExpressionParser(Tokens tokens) {
    this.tokens = tokens;
  }

  Expression parse() {
    tokens.enter();
    var expression = or();
    while (tokens.takeIf("if")) {
      var condition = or();
      @Nullable Expression otherwise = tokens.takeIf("else") ? parse() : null;
      expression = new Expression.Choice(condition, expression, otherwise);
    }
    tokens.leave();
    return expression;
  }

  /** Without {@code if}: the source of a loop, after which a condition may come. */
  Expression parseWithoutChoice() {
    tokens.enter();
    var expression = or();
    tokens.leave();
    return expression;
  }

  /** One expression, or several with commas between them, which make a list. */
  Expression parseTuple() {
    var first = parse();
    if (!tokens.next(",")) {
      return first;
    }
    var elements = new ArrayList<Expression>(List.of(first));
    while (tokens.takeIf(",")) {
      if (tokens.next(Token.Kind.BLOCK_END) || tokens.next(")")) {
        break;
      }
      elements.add(parse());
    }
    return new Expression.ListOf(elements);
  }

  private Expression or() {
    var left = and();
    while (tokens.takeIf("or")) {
      left = new Expression.Or(left, and());
    }
    return left;
  }

  private Expression and() {
    var left = not();
    while (tokens.takeIf("and")) {
      left = new Expression.And(left, not());
    }
    return left;
  }

  private Expression not() {
    if (!tokens.takeIf("not")) {
      return comparison();
    }
    tokens.enter();
    var negated = new Expression.Not(not());
    tokens.leave();
    return negated;
  }

  private Expression comparison() {
    var first = sum();
    var rest = new ArrayList<Expression.Compared>();
    for (var operator = comparisonOperator(); operator != null; operator = comparisonOperator()) {
      rest.add(new Expression.Compared(operator, sum()));
    }
    return rest.isEmpty() ? first : new Expression.Comparison(first, rest);
  }

  private @Nullable String comparisonOperator() {
    if (COMPARISONS.contains(tokens.peek().text()) && tokens.next(Token.Kind.OPERATOR)) {
      return tokens.take().text();
    }
    if (tokens.takeIf("in")) {
      return "in";
    }
    if (tokens.next("not") && tokens.second("in")) {
      tokens.take();
      tokens.take();
      return "not in";
    }
    return null;
  }

  private Expression sum() {
    var left = concatenation();
    while (tokens.next("+") || tokens.next("-")) {
      left = new Expression.Binary(tokens.take().text(), left, concatenation());
    }
    return left;
  }

  private Expression concatenation() {
    var left = product();
    while (tokens.next("~")) {
      left = new Expression.Binary(tokens.take().text(), left, product());
    }
    return left;
  }

  private Expression product() {
    var left = power();
    while (tokens.next("*") || tokens.next("/") || tokens.next("//") || tokens.next("%")) {
      left = new Expression.Binary(tokens.take().text(), left, power());
    }
    return left;
  }

  private Expression power() {
    var left = unary(true);
    while (tokens.next("**")) {
      left = new Expression.Binary(tokens.take().text(), left, unary(true));
    }
    return left;
  }

  private Expression unary(boolean withFilters) {
    tokens.enter();
    Expression expression;
    if (tokens.takeIf("-")) {
      expression = new Expression.Negative(unary(false));
    } else if (tokens.takeIf("+")) {
      expression = unary(false);
    } else {
      expression = postfix(primary());
    }
    if (withFilters) {
      expression = filters(expression);
    }
    tokens.leave();
    return expression;
  }

  private Expression primary() {
    var token = tokens.take();
    return switch (token.kind()) {
      case STRING -> string(token.text());
      case WHOLE -> number(token.text());
      case REAL -> new Expression.Constant(new Value.Real(Double.parseDouble(token.text())));
      case NAME -> name(token.text());
      case OPERATOR -> enclosed(token);
      case DATA, OUTPUT_BEGIN, OUTPUT_END, BLOCK_BEGIN, BLOCK_END, END ->
          throw tokens.failure("expected an expression, found " + token.quoted());
    };
  }

  /** Strings side by side are one. */
  private Expression string(String first) {
    var text = new StringBuilder(first);
    while (tokens.next(Token.Kind.STRING)) {
      text.append(tokens.take().text());
    }
    return new Expression.Constant(Value.of(text.toString()));
  }

  private Expression number(String digits) {
    try {
      return new Expression.Constant(Value.of(Long.parseLong(digits)));
    } catch (NumberFormatException e) {
      throw tokens.failure("the number " + digits + " is out of range");
    }
  }

  private static Expression name(String name) {
    return switch (name) {
      case "true", "True" -> new Expression.Constant(Value.of(true));
      case "false", "False" -> new Expression.Constant(Value.of(false));
      case "none", "None" -> new Expression.Constant(Value.none());
      default -> new Expression.Name(name);
    };
  }

  private Expression enclosed(Token opening) {
    return switch (opening.text()) {
      case "(" -> {
        if (tokens.takeIf(")")) {
          yield new Expression.ListOf(List.of());
        }
        var inner = parseTuple();
        tokens.expect(")");
        yield inner;
      }
      case "[" -> new Expression.ListOf(elements());
      case "{" -> new Expression.MappingOf(entries());
      default -> throw tokens.failure("expected an expression, found " + opening.quoted());
    };
  }

  private List<Expression> elements() {
    var elements = new ArrayList<Expression>();
    while (!tokens.takeIf("]")) {
      elements.add(parse());
      if (!tokens.next("]")) {
        tokens.expect(",");
      }
    }
    return elements;
  }

  private List<Expression.Entry> entries() {
    var entries = new ArrayList<Expression.Entry>();
    while (!tokens.takeIf("}")) {
      var key = parse();
      tokens.expect(":");
      entries.add(new Expression.Entry(key, parse()));
      if (!tokens.next("}")) {
        tokens.expect(",");
      }
    }
    return entries;
  }

  private Expression postfix(Expression start) {
    var expression = start;
    while (true) {
      if (tokens.takeIf(".")) {
        expression =
            tokens.next(Token.Kind.WHOLE)
                ? new Expression.Index(expression, number(tokens.take().text()))
                : new Expression.Attribute(expression, tokens.name());
      } else if (tokens.takeIf("[")) {
        expression = indexed(expression);
      } else if (tokens.next("(")) {
        expression = new Expression.Call(expression, arguments());
      } else {
        return expression;
      }
    }
  }

  private Expression indexed(Expression target) {
    @Nullable Expression from = tokens.next(":") ? null : parse();
    if (from != null && tokens.takeIf("]")) {
      return new Expression.Index(target, from);
    }
    tokens.expect(":");
    @Nullable Expression to = tokens.next(":") || tokens.next("]") ? null : parse();
    @Nullable Expression step = null;
    if (tokens.takeIf(":") && !tokens.next("]")) {
      step = parse();
    }
    tokens.expect("]");
    return new Expression.Slice(target, from, to, step);
  }

  private Arguments arguments() {
    tokens.expect("(");
    var positional = new ArrayList<Expression>();
    var named = new LinkedHashMap<String, Expression>();
    while (!tokens.takeIf(")")) {
      if (tokens.next(Token.Kind.NAME) && tokens.second("=")) {
        String name = tokens.name();
        tokens.expect("=");
        named.put(name, parse());
      } else if (tokens.next("*") || tokens.next("**")) {
        throw tokens.failure("unpacking arguments with * is not supported");
      } else {
        positional.add(parse());
      }
      if (!tokens.next(")")) {
        tokens.expect(",");
      }
    }
    return new Arguments(positional, named);
  }

  private Expression filters(Expression start) {
    var expression = start;
    while (true) {
      if (tokens.takeIf("|")) {
        expression = filter(expression);
      } else if (tokens.takeIf("is")) {
        expression = test(expression);
      } else if (tokens.next("(")) {
        expression = new Expression.Call(expression, arguments());
      } else {
        return expression;
      }
    }
  }

  /** One filter, after its bar. */
  Expression filter(Expression target) {
    String name = tokens.name();
    var arguments = tokens.next("(") ? arguments() : Arguments.NONE;
    return new Expression.Filter(target, name, arguments);
  }

  private Expression test(Expression target) {
    boolean negated = tokens.takeIf("not");
    String name = tokens.name();
    var test = new Expression.Test(target, name, testArguments());
    return negated ? new Expression.Not(test) : test;
  }

  /** In parentheses, or one without. */
  private Arguments testArguments() {
    if (tokens.next("(")) {
      return arguments();
    }
    boolean bare =
        switch (tokens.peek().kind()) {
          case STRING, WHOLE, REAL -> true;
          case NAME -> !ENDS_TEST.contains(tokens.peek().text());
          case OPERATOR -> tokens.next("[") || tokens.next("{");
          case DATA, OUTPUT_BEGIN, OUTPUT_END, BLOCK_BEGIN, BLOCK_END, END -> false;
        };
    if (!bare) {
      return Arguments.NONE;
    }
    return new Arguments(List.of(postfix(primary())), java.util.Map.of());
  }
}
