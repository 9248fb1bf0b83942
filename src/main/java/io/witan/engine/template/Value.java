package io.witan.engine.template;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a template computes with: data, never a Java object. */
sealed interface Value {
  /** A name or key that is not there; prints as nothing, and has no parts. */
  record Undefined(String name) implements Value {}

  record None() implements Value {}

  record Flag(boolean value) implements Value {}

  record Whole(long value) implements Value {}

  record Real(double value) implements Value {}

  record Text(String value) implements Value {}

  /** A list or tuple; unchangeable. */
  record Items(List<Value> values) implements Value {
    public Items {
      values = Collections.unmodifiableList(values);
    }
  }

  /** A dictionary, in order; unchangeable. */
  record Mapping(Map<String, Value> values) implements Value {
    public Mapping {
      values = Collections.unmodifiableMap(values);
    }
  }

  /** What {@code namespace()} makes: the one value whose parts can be set. */
  record Namespace(Map<String, Value> values) implements Value {}

  /** A function that every template has. */
  record Function(String name) implements Value {}

  record Macro(Statement.Macro definition, Scope scope) implements Value {}

  /** The variable {@code loop}. */
  record Loop(List<Value> items, int index, int depth) implements Value {}

  static Value of(boolean value) {
    return new Flag(value);
  }

  static Value none() {
    return new None();
  }

  static Value of(String value) {
    return new Text(value);
  }

  static Value of(long value) {
    return new Whole(value);
  }

  /** A pair, as items of a dictionary are. */
  static Value pair(String key, Value value) {
    return new Items(List.of(new Text(key), value));
  }

  static Namespace namespace() {
    return new Namespace(new LinkedHashMap<>());
  }

  /** What messages call this kind. */
  default String kind() {
    return switch (this) {
      case Undefined undefined -> "undefined (" + undefined.name() + ")";
      case None ignored -> "none";
      case Flag ignored -> "a boolean";
      case Whole ignored -> "a whole number";
      case Real ignored -> "a real number";
      case Text ignored -> "a string";
      case Items ignored -> "a list";
      case Mapping ignored -> "a dictionary";
      case Namespace ignored -> "a namespace";
      case Function function -> "the function " + function.name();
      case Macro macro -> "the macro " + macro.definition().name();
      case Loop ignored -> "loop";
    };
  }

  /** Python's truth. */
  default boolean isTrue() {
    return switch (this) {
      case Undefined ignored -> false;
      case None ignored -> false;
      case Flag flag -> flag.value();
      case Whole whole -> whole.value() != 0;
      case Real real -> real.value() != 0;
      case Text text -> !text.value().isEmpty();
      case Items items -> !items.values().isEmpty();
      case Mapping mapping -> !mapping.values().isEmpty();
      case Namespace ignored -> true;
      case Function ignored -> true;
      case Macro ignored -> true;
      case Loop ignored -> true;
    };
  }
}
