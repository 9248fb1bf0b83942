package io.witan.engine.template;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What can stand after a bar. */
final class Filters {
  @FunctionalInterface
  private interface Filter {
    Value apply(Value value, Inputs inputs, Filters filters);
  }

  private static final Map<String, Filter> FILTERS =
      Map.ofEntries(
          Map.entry("default", Filters::otherwise),
          Map.entry("d", Filters::otherwise),
          Map.entry("length", (v, in, f) -> Value.of(f.parts.size(v))),
          Map.entry("count", (v, in, f) -> Value.of(f.parts.size(v))),
          Map.entry("list", (v, in, f) -> new Value.Items(f.parts.elements(v))),
          Map.entry("first", (v, in, f) -> end(f.parts.elements(v), true)),
          Map.entry("last", (v, in, f) -> end(f.parts.elements(v), false)),
          Map.entry("reverse", Filters::reverse),
          Map.entry("join", Filters::join),
          Map.entry("map", Filters::map),
          Map.entry("select", (v, in, f) -> f.selected(v, in, false, true)),
          Map.entry("reject", (v, in, f) -> f.selected(v, in, false, false)),
          Map.entry("selectattr", (v, in, f) -> f.selected(v, in, true, true)),
          Map.entry("rejectattr", (v, in, f) -> f.selected(v, in, true, false)),
          Map.entry("items", Filters::items),
          Map.entry("dictsort", Filters::dictsort),
          Map.entry("sort", Filters::sort),
          Map.entry("unique", Filters::unique),
          Map.entry("sum", Filters::sum),
          Map.entry("min", (v, in, f) -> f.extreme(v, true)),
          Map.entry("max", (v, in, f) -> f.extreme(v, false)),
          Map.entry("tojson", Filters::tojson),
          Map.entry("string", (v, in, f) -> Value.of(f.text(v))),
          Map.entry("safe", (v, in, f) -> Value.of(f.text(v))),
          Map.entry("trim", Filters::trim),
          Map.entry("upper", (v, in, f) -> Value.of(f.text(v).toUpperCase(Locale.ROOT))),
          Map.entry("lower", (v, in, f) -> Value.of(f.text(v).toLowerCase(Locale.ROOT))),
          Map.entry("capitalize", (v, in, f) -> Value.of(Strings.capitalize(f.text(v)))),
          Map.entry("title", (v, in, f) -> Value.of(Strings.title(f.text(v)))),
          Map.entry("replace", Filters::replace),
          Map.entry("indent", Filters::indent),
          Map.entry("escape", Filters::escape),
          Map.entry("e", Filters::escape),
          Map.entry("int", (v, in, f) -> Numbers.whole(v, in.get(0, "default", Value.of(0)))),
          Map.entry(
              "float", (v, in, f) -> Numbers.real(v, in.get(0, "default", new Value.Real(0)))),
          Map.entry("abs", (v, in, f) -> Numbers.absolute(v, f.operations)),
          Map.entry("round", Numbers::round));

  private final Budget budget;
  private final Operations operations;
  private final Parts parts;

  Filters(Budget budget, Operations operations, Parts parts) {
    this.budget = budget;
    this.operations = operations;
    this.parts = parts;
  }

  Value apply(String name, Value value, Inputs inputs) {
    budget.step();
    var filter = FILTERS.get(name);
    if (filter == null) {
      throw inputs.failure("is not supported: the filter " + name);
    }
    return filter.apply(value, inputs, this);
  }

  /** The value as text, paid for as if it were copied. */
  private String text(Value value) {
    String text = PythonText.str(value, budget);
    budget.allocate(text.length());
    return text;
  }

  private static Value otherwise(Value value, Inputs inputs, Filters filters) {
    inputs.only(2, "default_value", "boolean");
    boolean alsoFalse = inputs.get(1, "boolean", Value.of(false)).isTrue();
    boolean missing = value instanceof Value.Undefined || (alsoFalse && !value.isTrue());
    return missing ? inputs.get(0, "default_value", Value.of("")) : value;
  }

  private static Value end(List<Value> elements, boolean first) {
    if (elements.isEmpty()) {
      return new Value.Undefined(first ? "first" : "last");
    }
    return first ? elements.getFirst() : elements.getLast();
  }

  private static Value reverse(Value value, Inputs inputs, Filters filters) {
    if (value instanceof Value.Text text) {
      filters.budget.allocate(text.value().length());
      return Value.of(new StringBuilder(text.value()).reverse().toString());
    }
    var elements = filters.parts.elements(value);
    filters.budget.allocate(elements.size());
    return new Value.Items(List.copyOf(elements.reversed()));
  }

  private static Value join(Value value, Inputs inputs, Filters filters) {
    inputs.only(2, "d", "attribute");
    String separator = inputs.text(0, "d", "");
    var attribute = inputs.find(1, "attribute");
    var joined = new StringBuilder();
    boolean first = true;
    for (var element : filters.parts.elements(value)) {
      var part = attribute == null ? element : filters.path(element, attribute);
      String text = PythonText.str(part, filters.budget);
      filters.budget.allocate((long) text.length() + separator.length());
      joined.append(first ? "" : separator).append(text);
      first = false;
    }
    return Value.of(joined.toString());
  }

  /** Follows {@code a.b.0}. */
  private Value path(Value value, Value path) {
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

  private static Value map(Value value, Inputs inputs, Filters filters) {
    var mapped = new ArrayList<Value>();
    var attribute = inputs.named().get("attribute");
    for (var element : filters.parts.elements(value)) {
      filters.budget.allocate(1);
      if (attribute != null) {
        var part = filters.path(element, attribute);
        boolean missing = part instanceof Value.Undefined;
        mapped.add(missing ? inputs.named().getOrDefault("default", part) : part);
      } else {
        mapped.add(filters.apply(inputs.text(0, "filter"), element, inputs.after(1)));
      }
    }
    return new Value.Items(mapped);
  }

  private Value selected(Value value, Inputs inputs, boolean byAttribute, boolean wanted) {
    int place = byAttribute ? 1 : 0;
    String test = inputs.text(place, "test", "");
    var selected = new ArrayList<Value>();
    for (var element : parts.elements(value)) {
      budget.step();
      budget.allocate(1);
      var tested = byAttribute ? path(element, inputs.get(0, "attribute")) : element;
      boolean holds =
          test.isEmpty()
              ? tested.isTrue()
              : Tests.holds(test, tested, inputs.after(place + 1), operations);
      if (holds == wanted) {
        selected.add(element);
      }
    }
    return new Value.Items(selected);
  }

  private static Value items(Value value, Inputs inputs, Filters filters) {
    return switch (value) {
      case Value.Undefined ignored -> new Value.Items(List.of());
      case Value.Mapping mapping -> filters.pairs(mapping.values());
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

  private static Value dictsort(Value value, Inputs inputs, Filters filters) {
    inputs.only(0);
    if (!(value instanceof Value.Mapping mapping)) {
      throw inputs.failure("wants a dictionary, not " + value.kind());
    }
    var sorted =
        new TreeMap<String, Value>(
            String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.naturalOrder()));
    sorted.putAll(mapping.values());
    return filters.pairs(sorted);
  }

  private static Value sort(Value value, Inputs inputs, Filters filters) {
    inputs.only(0, "reverse", "case_sensitive", "attribute");
    boolean exact = inputs.get(1, "case_sensitive", Value.of(false)).isTrue();
    var attribute = inputs.find(2, "attribute");
    Comparator<Value> order =
        (a, b) ->
            filters.operations.order(
                filters.sortKey(a, attribute, exact), filters.sortKey(b, attribute, exact));
    boolean reverse = inputs.get(0, "reverse", Value.of(false)).isTrue();
    var sorted = new ArrayList<>(filters.parts.elements(value));
    filters.budget.allocate(sorted.size());
    sorted.sort(reverse ? order.reversed() : order);
    return new Value.Items(sorted);
  }

  private Value sortKey(
      Value value, @org.jspecify.annotations.Nullable Value attribute, boolean exact) {
    var key = attribute == null ? value : path(value, attribute);
    if (key instanceof Value.Text text && !exact) {
      budget.read(text.value().length());
      return Value.of(text.value().toLowerCase(Locale.ROOT));
    }
    return key;
  }

  private static Value unique(Value value, Inputs inputs, Filters filters) {
    inputs.only(0);
    var kept = new ArrayList<Value>();
    for (var element : filters.parts.elements(value)) {
      var key = filters.sortKey(element, null, false);
      if (kept.stream()
          .noneMatch(
              other -> filters.operations.isEqual(filters.sortKey(other, null, false), key))) {
        kept.add(element);
      }
    }
    return new Value.Items(kept);
  }

  private static Value sum(Value value, Inputs inputs, Filters filters) {
    inputs.only(2, "attribute", "start");
    var attribute = inputs.find(0, "attribute");
    Value sum = inputs.get(1, "start", Value.of(0));
    for (var element : filters.parts.elements(value)) {
      var part = attribute == null ? element : filters.path(element, attribute);
      sum = filters.operations.binary("+", sum, part);
    }
    return sum;
  }

  private Value extreme(Value value, boolean least) {
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

  private static Value tojson(Value value, Inputs inputs, Filters filters) {
    inputs.only(1, "indent", "ensure_ascii", "sort_keys");
    long indent =
        inputs.get(0, "indent", Value.none()) instanceof Value.None
            ? -1
            : inputs.whole(0, "indent", 0);
    boolean ascii = inputs.named().getOrDefault("ensure_ascii", Value.of(false)).isTrue();
    boolean sorted = inputs.named().getOrDefault("sort_keys", Value.of(false)).isTrue();
    int spaces = (int) Math.clamp(indent, -1L, 16L);
    return Value.of(new JsonText(filters.budget, spaces, ascii, sorted).of(value));
  }

  private static Value trim(Value value, Inputs inputs, Filters filters) {
    inputs.only(1, "chars");
    String characters = inputs.find(0, "chars") instanceof Value.Text text ? text.value() : null;
    return Value.of(Strings.strip(filters.text(value), characters, true, true));
  }

  private static Value replace(Value value, Inputs inputs, Filters filters) {
    inputs.only(3, "old", "new", "count");
    return Value.of(
        Strings.replace(
            filters.text(value),
            inputs.text(0, "old"),
            inputs.text(1, "new"),
            inputs.whole(2, "count", -1),
            filters.budget));
  }

  private static Value indent(Value value, Inputs inputs, Filters filters) {
    inputs.only(3, "width", "first", "blank");
    long width = Math.clamp(inputs.whole(0, "width", 4), 0L, 256L);
    boolean first = inputs.get(1, "first", Value.of(false)).isTrue();
    boolean blank = inputs.get(2, "blank", Value.of(false)).isTrue();
    String by = " ".repeat((int) width);
    return Value.of(Strings.indent(filters.text(value), by, first, blank, filters.budget));
  }

  private static Value escape(Value value, Inputs inputs, Filters filters) {
    String text = filters.text(value);
    filters.budget.allocate(text.length() * 5L);
    return Value.of(
        text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("'", "&#39;")
            .replace("\"", "&#34;"));
  }
}
