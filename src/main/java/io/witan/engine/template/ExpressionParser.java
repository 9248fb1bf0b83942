package io.witan.engine.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses operators; they bind as tightly as in Jinja. */
final class ExpressionParser {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", ">", "<=", ">=");

  private final Tokens tokens;
  private final OperandParser operands;

  ExpressionParser(Tokens tokens) {
    this.tokens = tokens;
    this.operands = new OperandParser(tokens, this);
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
      expression = operands.postfix(operands.primary());
    }
    if (withFilters) {
      expression = operands.filters(expression);
    }
    tokens.leave();
    return expression;
  }
}
