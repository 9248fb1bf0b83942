package io.witan.engine.template;

import io.witan.engine.EngineException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a function, filter, test or method was called with. */
record Inputs(String of, List<Value> positional, Map<String, Value> named) {

  /** The argument at a place or of a name, or null. */
  @Nullable Value find(int place, String name) {
    return place < positional.size() ? positional.get(place) : named.get(name);
  }

  Value get(int place, String name, Value otherwise) {
    var found = find(place, name);
    return found == null ? otherwise : found;
  }

  Value get(int place, String name) {
    var found = find(place, name);
    if (found == null) {
      throw failure("lacks the argument " + name);
    }
    return found;
  }

  String text(int place, String name) {
    return text(get(place, name), name);
  }

  String text(int place, String name, String otherwise) {
    var found = find(place, name);
    return found == null ? otherwise : text(found, name);
  }

  private String text(Value value, String name) {
    if (value instanceof Value.Text text) {
      return text.value();
    }
    throw failure("wants a string as " + name + ", not " + value.kind());
  }

  long whole(int place, String name, long otherwise) {
    var found = find(place, name);
    return switch (found) {
      case null -> otherwise;
      case Value.Whole whole -> whole.value();
      case Value.Flag flag -> flag.value() ? 1 : 0;
      default -> throw failure("wants a whole number as " + name + ", not " + found.kind());
    };
  }

  /** Without so many arguments at the front. */
  Inputs after(int places) {
    int from = Math.min(places, positional.size());
    return new Inputs(of, positional.subList(from, positional.size()), named);
  }

  /** Refuses arguments that the callee does not have, for ignoring them would change the text. */
  void only(int places, String... names) {
    if (positional.size() > places) {
      throw failure("takes at most " + places + " arguments");
    }
    for (String name : named.keySet()) {
      if (!List.of(names).contains(name)) {
        throw failure("does not support the argument " + name);
      }
    }
  }

  EngineException failure(String cause) {
    return new EngineException.TemplateFailure("chat template: " + of + " " + cause);
  }
}
