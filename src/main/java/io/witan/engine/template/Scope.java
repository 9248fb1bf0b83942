package io.witan.engine.template;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Variables; a scope sees those of the scopes around it and sets only its own. */
final class Scope {
  private final @Nullable Scope outer;
  private final Map<String, Value> variables = new HashMap<>();

  Scope(@Nullable Scope outer) {
    this.outer = outer;
  }

  void set(String name, Value value) {
    variables.put(name, value);
  }

  Value get(String name) {
    for (var scope = this; scope != null; scope = scope.outer) {
      var found = scope.variables.get(name);
      if (found != null) {
        return found;
      }
    }
    return new Value.Undefined(name);
  }
}
