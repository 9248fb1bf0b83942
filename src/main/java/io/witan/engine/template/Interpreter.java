package io.witan.engine.template;

import io.witan.engine.EngineException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Carries out the statements of a template, once. */
final class Interpreter {
  private static final int MOST_OUTPUT = 16 << 20;

  /** How a statement ended. */
  private enum Flow {
    ON,
    BREAK,
    CONTINUE
  }

  private final Budget budget;
  private final Evaluator evaluator;
  private StringBuilder output = new StringBuilder();
  private int loops;

  private Interpreter(Budget budget, Clock clock) {
    this.budget = budget;
    this.evaluator = new Evaluator(budget, clock, this::call);
  }

  static String render(List<Statement> template, Map<String, Value> variables, Clock clock) {
    var interpreter = new Interpreter(Budget.forInput(variables.values()), clock);
    var functions = new Scope(null);
    Functions.define(functions);
    var globals = new Scope(functions);
    variables.forEach(globals::set);
    interpreter.run(template, globals);
    return interpreter.output.toString();
  }

  private Flow run(List<Statement> statements, Scope scope) {
    for (var statement : statements) {
      budget.step();
      var flow = run(statement, scope);
      if (flow != Flow.ON) {
        return flow;
      }
    }
    return Flow.ON;
  }

  private Flow run(Statement statement, Scope scope) {
    switch (statement) {
      case Statement.Print print -> print(print.text());
      case Statement.Output printed ->
          print(PythonText.str(evaluator.evaluate(printed.expression(), scope), budget));
      case Statement.Set set ->
          assign(set.targets(), evaluator.evaluate(set.value(), scope), scope);
      case Statement.SetAttribute set -> setAttribute(set, scope);
      case Statement.SetBlock set -> scope.set(set.target(), captured(set.body(), scope));
      case Statement.Macro macro -> scope.set(macro.name(), new Value.Macro(macro, scope));
      case Statement.If conditional -> {
        return conditional(conditional, scope);
      }
      case Statement.For loop -> {
        return loop(loop, scope);
      }
      case Statement.Jump jump -> {
        return jump.leaves() ? Flow.BREAK : Flow.CONTINUE;
      }
    }
    return Flow.ON;
  }

  private void print(String text) {
    budget.allocate(text.length());
    if (output.length() + text.length() > MOST_OUTPUT) {
      throw new EngineException.TemplateFailure(
          "the chat template prints more than " + MOST_OUTPUT + " characters");
    }
    output.append(text);
  }

  private Flow conditional(Statement.If conditional, Scope scope) {
    budget.enter();
    var flow = run(chosen(conditional, scope), scope);
    budget.leave();
    return flow;
  }

  private List<Statement> chosen(Statement.If conditional, Scope scope) {
    for (var branch : conditional.branches()) {
      if (evaluator.evaluate(branch.condition(), scope).isTrue()) {
        return branch.body();
      }
    }
    return conditional.otherwise();
  }

  private Flow loop(Statement.For loop, Scope scope) {
    budget.enter();
    var items = items(loop, scope);
    var flow = Flow.ON;
    loops++;
    for (int i = 0; i < items.size() && flow != Flow.BREAK; i++) {
      budget.step();
      var inner = new Scope(scope);
      assign(loop.targets(), items.get(i), inner);
      inner.set("loop", new Value.Loop(items, i, loops - 1));
      flow = run(loop.body(), inner);
    }
    loops--;
    if (items.isEmpty()) {
      flow = run(loop.otherwise(), scope);
      budget.leave();
      return flow;
    }
    budget.leave();
    return Flow.ON;
  }

  private List<Value> items(Statement.For loop, Scope scope) {
    var all = evaluator.elements(evaluator.evaluate(loop.source(), scope));
    if (loop.condition() == null) {
      return all;
    }
    var wanted = new ArrayList<Value>();
    for (var item : all) {
      var inner = new Scope(scope);
      assign(loop.targets(), item, inner);
      if (evaluator.evaluate(loop.condition(), inner).isTrue()) {
        budget.allocate(1);
        wanted.add(item);
      }
    }
    return wanted;
  }

  private void assign(List<String> targets, Value value, Scope scope) {
    if (targets.size() == 1) {
      scope.set(targets.getFirst(), value);
      return;
    }
    var parts = evaluator.elements(value);
    if (parts.size() != targets.size()) {
      throw Operations.failure("%d values for %s".formatted(parts.size(), targets));
    }
    for (int i = 0; i < parts.size(); i++) {
      scope.set(targets.get(i), parts.get(i));
    }
  }

  private void setAttribute(Statement.SetAttribute set, Scope scope) {
    var target = scope.get(set.target());
    if (!(target instanceof Value.Namespace namespace)) {
      throw Operations.failure("setting '%s' of %s".formatted(set.attribute(), target.kind()));
    }
    budget.allocate(1);
    namespace.values().put(set.attribute(), evaluator.evaluate(set.value(), scope));
  }

  private Value captured(List<Statement> body, Scope scope) {
    budget.enter();
    var outside = output;
    output = new StringBuilder();
    run(body, scope);
    var text = Value.of(output.toString());
    output = outside;
    budget.leave();
    return text;
  }

  private Value call(Value.Macro macro, Inputs inputs) {
    var definition = macro.definition();
    var parameters = definition.parameters();
    if (inputs.positional().size() > parameters.size()) {
      throw inputs.failure("takes at most " + parameters.size() + " arguments");
    }
    var scope = new Scope(macro.scope());
    for (int i = 0; i < parameters.size(); i++) {
      var parameter = parameters.get(i);
      var given = inputs.find(i, parameter.name());
      if (given == null) {
        given =
            parameter.value() == null
                ? new Value.Undefined(parameter.name())
                : evaluator.evaluate(parameter.value(), scope);
      }
      scope.set(parameter.name(), given);
    }
    for (String name : inputs.named().keySet()) {
      if (parameters.stream().noneMatch(parameter -> parameter.name().equals(name))) {
        throw inputs.failure("takes no argument " + name);
      }
    }
    return captured(definition.body(), scope);
  }
}
