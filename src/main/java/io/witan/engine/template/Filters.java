package io.witan.engine.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
          Map.entry("join", (v, in, f) -> f.lists.join(v, in)),
          Map.entry("map", Filters::map),
          Map.entry("select", (v, in, f) -> f.selected(v, in, false, true)),
          Map.entry("reject", (v, in, f) -> f.selected(v, in, false, false)),
          Map.entry("selectattr", (v, in, f) -> f.selected(v, in, true, true)),
          Map.entry("rejectattr", (v, in, f) -> f.selected(v, in, true, false)),
          Map.entry("items", (v, in, f) -> f.lists.items(v, in)),
          Map.entry("dictsort", (v, in, f) -> f.lists.dictsort(v, in)),
          Map.entry("sort", (v, in, f) -> f.lists.sort(v, in)),
          Map.entry("unique", (v, in, f) -> f.lists.unique(v, in)),
          Map.entry("sum", (v, in, f) -> f.lists.sum(v, in)),
          Map.entry("min", (v, in, f) -> f.lists.extreme(v, true)),
          Map.entry("max", (v, in, f) -> f.lists.extreme(v, false)),
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
  private final ListFilters lists;

  Filters(Budget budget, Operations operations, Parts parts) {
    this.budget = budget;
    this.operations = operations;
    this.parts = parts;
    this.lists = new ListFilters(budget, operations, parts);
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

  private static Value map(Value value, Inputs inputs, Filters filters) {
    var mapped = new ArrayList<Value>();
    var attribute = inputs.named().get("attribute");
    for (var element : filters.parts.elements(value)) {
      filters.budget.allocate(1);
      if (attribute != null) {
        var part = filters.lists.path(element, attribute);
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
      var tested = byAttribute ? lists.path(element, inputs.get(0, "attribute")) : element;
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
