package io.witan.engine.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The methods of strings, lists and dictionaries that change nothing. */
final class Methods {
  private final Budget budget;
  private final Operations operations;

  Methods(Budget budget, Operations operations) {
    this.budget = budget;
    this.operations = operations;
  }

  /** The result, or nothing if the value has no such method. */
  Optional<Value> call(Value target, String name, Inputs inputs) {
    return Optional.ofNullable(
        switch (target) {
          case Value.Text text -> ofText(text.value(), name, inputs);
          case Value.Mapping mapping -> ofMapping(mapping, name, inputs);
          case Value.Items items -> ofItems(items.values(), name, inputs);
          case Value.Loop loop -> ofLoop(loop, name, inputs);
          default -> null;
        });
  }

  private @Nullable Value ofText(String text, String name, Inputs in) {
    budget.allocate(text.length());
    return switch (name) {
      case "strip" -> Value.of(Strings.strip(text, characters(in), true, true));
      case "lstrip" -> Value.of(Strings.strip(text, characters(in), true, false));
      case "rstrip" -> Value.of(Strings.strip(text, characters(in), false, true));
      case "upper" -> Value.of(text.toUpperCase(Locale.ROOT));
      case "lower" -> Value.of(text.toLowerCase(Locale.ROOT));
      case "capitalize" -> Value.of(Strings.capitalize(text));
      case "title" -> Value.of(Strings.title(text));
      case "startswith" -> Value.of(anyOf(in, text::startsWith));
      case "endswith" -> Value.of(anyOf(in, text::endsWith));
      case "split" -> new Value.Items(split(text, in));
      case "splitlines" -> new Value.Items(text.lines().map(Value::of).toList());
      case "replace" ->
          Value.of(
              Strings.replace(
                  text, in.text(0, "old"), in.text(1, "new"), in.whole(2, "count", -1), budget));
      case "find" -> Value.of((long) text.indexOf(in.text(0, "sub")));
      case "count" -> Value.of(count(text, in.text(0, "sub")));
      case "join" -> Value.of(joined(text, in));
      case "isdigit" -> Value.of(!text.isEmpty() && text.chars().allMatch(Character::isDigit));
      case "isalpha" -> Value.of(!text.isEmpty() && text.chars().allMatch(Character::isLetter));
      case "isspace" -> Value.of(!text.isEmpty() && text.isBlank());
      case "removeprefix" -> {
        String prefix = in.text(0, "prefix");
        yield Value.of(text.startsWith(prefix) ? text.substring(prefix.length()) : text);
      }
      case "removesuffix" -> {
        String suffix = in.text(0, "suffix");
        int end = text.length() - suffix.length();
        yield Value.of(text.endsWith(suffix) ? text.substring(0, end) : text);
      }
      default -> null;
    };
  }

  private static @Nullable Value ofLoop(Value.Loop loop, String name, Inputs in) {
    return name.equals("cycle") && !in.positional().isEmpty()
        ? in.positional().get(loop.index() % in.positional().size())
        : null;
  }

  private static @Nullable String characters(Inputs inputs) {
    return inputs.find(0, "chars") instanceof Value.Text text ? text.value() : null;
  }

  /** Python takes one string or several. */
  private static boolean anyOf(Inputs inputs, java.util.function.Predicate<String> predicate) {
    if (inputs.get(0, "prefix") instanceof Value.Items several) {
      return several.values().stream()
          .anyMatch(value -> value instanceof Value.Text text && predicate.test(text.value()));
    }
    return predicate.test(inputs.text(0, "prefix"));
  }

  private List<Value> split(String text, Inputs inputs) {
    var separator = inputs.find(0, "sep");
    boolean atSpace = separator == null || separator instanceof Value.None;
    String between = atSpace ? null : inputs.text(0, "sep");
    if (between != null && between.isEmpty()) {
      throw inputs.failure("wants a separator that is not empty");
    }
    return Strings.split(text, between, inputs.whole(1, "maxsplit", -1), budget);
  }

  private static long count(String text, String part) {
    long count = 0;
    for (int at = text.indexOf(part);
        at >= 0 && !part.isEmpty();
        at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return part.isEmpty() ? text.length() + 1L : count;
  }

  private String joined(String separator, Inputs inputs) {
    var elements = new Parts(budget).elements(inputs.get(0, "iterable"));
    var parts = new ArrayList<String>();
    for (var element : elements) {
      if (!(element instanceof Value.Text text)) {
        throw inputs.failure("wants strings, not " + element.kind());
      }
      budget.allocate((long) text.value().length() + separator.length());
      parts.add(text.value());
    }
    return String.join(separator, parts);
  }

  private @Nullable Value ofMapping(Value.Mapping mapping, String name, Inputs in) {
    budget.read(mapping.values().size());
    return switch (name) {
      case "items" -> pairs(mapping);
      case "keys" -> new Value.Items(new Parts(budget).elements(mapping));
      case "values" -> {
        budget.allocate(mapping.values().size());
        yield new Value.Items(List.copyOf(mapping.values().values()));
      }
      case "get" ->
          mapping.values().getOrDefault(in.text(0, "key"), in.get(1, "default", Value.none()));
      default -> null;
    };
  }

  private Value pairs(Value.Mapping mapping) {
    budget.allocate(mapping.values().size() * 3L);
    return new Value.Items(
        mapping.values().entrySet().stream()
            .map(entry -> Value.pair(entry.getKey(), entry.getValue()))
            .toList());
  }

  private @Nullable Value ofItems(List<Value> items, String name, Inputs in) {
    return switch (name) {
      case "count" ->
          Value.of(
              items.stream().filter(item -> operations.isEqual(item, in.get(0, "value"))).count());
      case "index" -> {
        for (int i = 0; i < items.size(); i++) {
          if (operations.isEqual(items.get(i), in.get(0, "value"))) {
            yield Value.of((long) i);
          }
        }
        throw in.failure("does not find the value in the list");
      }
      default -> null;
    };
  }
}
