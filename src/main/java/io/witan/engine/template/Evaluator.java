package io.witan.engine.template;

import io.witan.engine.EngineException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Computes expressions. */
final class Evaluator {
  /** Carries out a macro. */
  @FunctionalInterface
  interface MacroCall {
    Value call(Value.Macro macro, Inputs inputs);
  }

  private final Budget budget;
  private final MacroCall macros;
  private final Operations operations;
  private final Parts parts;
  private final Filters filters;
  private final Methods methods;
  private final Functions functions;

  Evaluator(Budget budget, Clock clock, MacroCall macros) {
    this.budget = budget;
    this.macros = macros;
    this.operations = new Operations(budget);
    this.parts = new Parts(budget);
    this.filters = new Filters(budget, operations, parts);
    this.methods = new Methods(budget, operations);
    this.functions = new Functions(budget, clock);
  }

  Value evaluate(Expression expression, Scope scope) {
    budget.enter();
    var value = compute(expression, scope);
    budget.leave();
    return value;
  }

  List<Value> elements(Value value) {
    return parts.elements(value);
  }

  private Value compute(Expression expression, Scope scope) {
    return switch (expression) {
      case Expression.Constant constant -> constant.value();
      case Expression.Name name -> scope.get(name.name());
      case Expression.Attribute attribute ->
          parts.attribute(evaluate(attribute.target(), scope), attribute.name());
      case Expression.Index index ->
          parts.index(evaluate(index.target(), scope), evaluate(index.key(), scope));
      case Expression.Slice slice ->
          parts.slice(
              evaluate(slice.target(), scope),
              optional(slice.from(), scope),
              optional(slice.to(), scope),
              optional(slice.step(), scope));
      case Expression.Call call -> call(call, scope);
      case Expression.Filter filter ->
          filters.apply(
              filter.name(),
              evaluate(filter.target(), scope),
              inputs("the filter " + filter.name(), filter.arguments(), scope));
      case Expression.Test test ->
          Value.of(
              Tests.holds(
                  test.name(),
                  evaluate(test.target(), scope),
                  inputs("the test " + test.name(), test.arguments(), scope),
                  operations));
      case Expression.Not not -> Value.of(!evaluate(not.operand(), scope).isTrue());
      case Expression.Negative negative -> operations.negative(evaluate(negative.operand(), scope));
      case Expression.Binary binary ->
          operations.binary(
              binary.operator(), evaluate(binary.left(), scope), evaluate(binary.right(), scope));
      case Expression.And and -> {
        var left = evaluate(and.left(), scope);
        yield left.isTrue() ? evaluate(and.right(), scope) : left;
      }
      case Expression.Or or -> {
        var left = evaluate(or.left(), scope);
        yield left.isTrue() ? left : evaluate(or.right(), scope);
      }
      case Expression.Comparison comparison -> Value.of(holds(comparison, scope));
      case Expression.Choice choice -> choice(choice, scope);
      case Expression.ListOf list -> list(list.elements(), scope);
      case Expression.MappingOf mapping -> mapping(mapping.entries(), scope);
    };
  }

  private @Nullable Value optional(@Nullable Expression expression, Scope scope) {
    return expression == null ? null : evaluate(expression, scope);
  }

  private Value choice(Expression.Choice choice, Scope scope) {
    if (evaluate(choice.condition(), scope).isTrue()) {
      return evaluate(choice.then(), scope);
    }
    return choice.otherwise() == null
        ? new Value.Undefined("else")
        : evaluate(choice.otherwise(), scope);
  }

  private boolean holds(Expression.Comparison comparison, Scope scope) {
    var left = evaluate(comparison.first(), scope);
    for (var compared : comparison.rest()) {
      var right = evaluate(compared.operand(), scope);
      if (!operations.compare(compared.operator(), left, right)) {
        return false;
      }
      left = right;
    }
    return true;
  }

  private Value list(List<Expression> elements, Scope scope) {
    budget.allocate(elements.size());
    var values = new ArrayList<Value>(elements.size());
    elements.forEach(element -> values.add(evaluate(element, scope)));
    return new Value.Items(values);
  }

  private Value mapping(List<Expression.Entry> entries, Scope scope) {
    budget.allocate(entries.size());
    var values = new LinkedHashMap<String, Value>();
    for (var entry : entries) {
      var key = evaluate(entry.key(), scope);
      if (!(key instanceof Value.Text name)) {
        throw Operations.failure("a dictionary with " + key.kind() + " as key");
      }
      values.put(name.value(), evaluate(entry.value(), scope));
    }
    return new Value.Mapping(values);
  }

  private Value call(Expression.Call call, Scope scope) {
    if (call.target() instanceof Expression.Attribute attribute) {
      var target = evaluate(attribute.target(), scope);
      var inputs = inputs("the method " + attribute.name(), call.arguments(), scope);
      return methods
          .call(target, attribute.name(), inputs)
          .orElseGet(() -> called(parts.attribute(target, attribute.name()), target, inputs));
    }
    var target = evaluate(call.target(), scope);
    String name = call.target() instanceof Expression.Name called ? called.name() : "a call";
    return called(target, target, inputs("the function " + name, call.arguments(), scope));
  }

  private Value called(Value value, Value owner, Inputs inputs) {
    return switch (value) {
      case Value.Function function -> functions.call(function.name(), inputs);
      case Value.Macro macro -> macros.call(macro, inputs);
      default ->
          throw new EngineException.TemplateFailure(
              "chat template: %s is not supported, called on %s"
                  .formatted(inputs.of(), owner.kind()));
    };
  }

  private Inputs inputs(String of, Expression.Arguments arguments, Scope scope) {
    var positional = new ArrayList<Value>(arguments.positional().size());
    arguments.positional().forEach(argument -> positional.add(evaluate(argument, scope)));
    Map<String, Value> named = new LinkedHashMap<>();
    arguments.named().forEach((name, argument) -> named.put(name, evaluate(argument, scope)));
    return new Inputs(of, positional, named);
  }
}
