package io.witan.engine.template;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Filters that put lists and dictionaries in order or together. */
final class ListFilters {
  private final Budget budget;
  private final Operations operations;
  private final Parts parts;

  ListFilters(Budget budget, Operations operations, Parts parts) {
    this.budget = budget;
    this.operations = operations;
    this.parts = parts;
  }

  Value join(Value value, Inputs inputs) {
    inputs.only(2, "d", "attribute");
    String separator = inputs.text(0, "d", "");
    var attribute = inputs.find(1, "attribute");
    var joined = new StringBuilder();
    boolean first = true;
    for (var element : parts.elements(value)) {
      var part = attribute == null ? element : path(element, attribute);
      String text = PythonText.str(part, budget);
      budget.allocate((long) text.length() + separator.length());
      joined.append(first ? "" : separator).append(text);
      first = false;
    }
    return Value.of(joined.toString());
  }

  /** Follows {@code a.b.0}. */
  Value path(Value value, Value path) {
    if (!(path instanceof Value.Text text)) {
      return parts.index(value, path);
    }
    var part = value;
    for (String name : text.value().split("\\.", -1)) {
      boolean number = !name.isEmpty() && name.chars().allMatch(Character::isDigit);
      part =
          number && name.length() < 10
              ? parts.index(part, Value.of(Long.parseLong(name)))
              : parts.attribute(part, name);
    }
    return part;
  }

  Value items(Value value, Inputs inputs) {
    return switch (value) {
      case Value.Undefined ignored -> new Value.Items(List.of());
      case Value.Mapping mapping -> pairs(mapping.values());
      default -> throw inputs.failure("wants a dictionary, not " + value.kind());
    };
  }

  private Value pairs(Map<String, Value> values) {
    budget.allocate(values.size() * 3L);
    return new Value.Items(
        values.entrySet().stream()
            .map(entry -> Value.pair(entry.getKey(), entry.getValue()))
            .toList());
  }

  Value dictsort(Value value, Inputs inputs) {
    inputs.only(0);
    if (!(value instanceof Value.Mapping mapping)) {
      throw inputs.failure("wants a dictionary, not " + value.kind());
    }
    var sorted =
        new TreeMap<String, Value>(
            String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.naturalOrder()));
    sorted.putAll(mapping.values());
    return pairs(sorted);
  }

  Value sort(Value value, Inputs inputs) {
    inputs.only(0, "reverse", "case_sensitive", "attribute");
    boolean exact = inputs.get(1, "case_sensitive", Value.of(false)).isTrue();
    var attribute = inputs.find(2, "attribute");
    Comparator<Value> order =
        (a, b) -> operations.order(sortKey(a, attribute, exact), sortKey(b, attribute, exact));
    boolean reverse = inputs.get(0, "reverse", Value.of(false)).isTrue();
    var sorted = new ArrayList<>(parts.elements(value));
    budget.allocate(sorted.size());
    sorted.sort(reverse ? order.reversed() : order);
    return new Value.Items(sorted);
  }

  private Value sortKey(Value value, @Nullable Value attribute, boolean exact) {
    var key = attribute == null ? value : path(value, attribute);
    if (key instanceof Value.Text text && !exact) {
      budget.read(text.value().length());
      return Value.of(text.value().toLowerCase(Locale.ROOT));
    }
    return key;
  }

  Value unique(Value value, Inputs inputs) {
    inputs.only(0);
    var kept = new ArrayList<Value>();
    for (var element : parts.elements(value)) {
      var key = sortKey(element, null, false);
      if (kept.stream().noneMatch(other -> operations.isEqual(sortKey(other, null, false), key))) {
        kept.add(element);
      }
    }
    return new Value.Items(kept);
  }

  Value sum(Value value, Inputs inputs) {
    inputs.only(2, "attribute", "start");
    var attribute = inputs.find(0, "attribute");
    Value sum = inputs.get(1, "start", Value.of(0));
    for (var element : parts.elements(value)) {
      var part = attribute == null ? element : path(element, attribute);
      sum = operations.binary("+", sum, part);
    }
    return sum;
  }

  Value extreme(Value value, boolean least) {
    Value found = new Value.Undefined(least ? "min" : "max");
    for (var element : parts.elements(value)) {
      if (found instanceof Value.Undefined
          || (operations.order(sortKey(element, null, false), sortKey(found, null, false)) < 0)
              == least) {
        found = element;
      }
    }
    return found;
  }
}
