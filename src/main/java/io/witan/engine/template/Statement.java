package io.witan.engine.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that is carried out. */
sealed interface Statement {
  record Print(String text) implements Statement {}

  record Output(Expression expression) implements Statement {}

  record If(List<Branch> branches, List<Statement> otherwise) implements Statement {}

  record Branch(Expression condition, List<Statement> body) {}

  record For(
      List<String> targets,
      Expression source,
      @Nullable Expression condition,
      List<Statement> body,
      List<Statement> otherwise)
      implements Statement {}

  record Set(List<String> targets, Expression value) implements Statement {}

  record SetAttribute(String target, String attribute, Expression value) implements Statement {}

  /** The rendered body becomes the value. */
  record SetBlock(String target, List<Statement> body) implements Statement {}

  record Macro(String name, List<Parameter> parameters, List<Statement> body)
      implements Statement {}

  record Parameter(String name, @Nullable Expression value) {}

  /** Leaves or repeats the loop. */
  record Jump(boolean leaves) implements Statement {}
}
