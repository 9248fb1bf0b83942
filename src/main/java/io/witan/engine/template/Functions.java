package io.witan.engine.template;

import io.witan.engine.EngineException;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The functions that every template has. */
final class Functions {
  private static final List<String> NAMES =
      List.of("range", "namespace", "dict", "raise_exception", "strftime_now");
  private static final Map<Character, String> TIME_PATTERNS =
      Map.ofEntries(
          Map.entry('Y', "yyyy"),
          Map.entry('m', "MM"),
          Map.entry('d', "dd"),
          Map.entry('b', "MMM"),
          Map.entry('B', "MMMM"),
          Map.entry('a', "EEE"),
          Map.entry('A', "EEEE"),
          Map.entry('y', "yy"),
          Map.entry('j', "DDD"),
          Map.entry('H', "HH"),
          Map.entry('I', "hh"),
          Map.entry('M', "mm"),
          Map.entry('S', "ss"),
          Map.entry('p', "a"));

  private final Budget budget;
  private final Clock clock;

  Functions(Budget budget, Clock clock) {
    this.budget = budget;
    this.clock = clock;
  }

  static void define(Scope scope) {
    NAMES.forEach(name -> scope.set(name, new Value.Function(name)));
  }

  Value call(String name, Inputs inputs) {
    return switch (name) {
      case "range" -> range(inputs);
      case "namespace" -> {
        var namespace = Value.namespace();
        inputs.positional().forEach(values -> namespace.values().putAll(mapping(values, inputs)));
        namespace.values().putAll(inputs.named());
        yield namespace;
      }
      case "dict" -> {
        var values = new LinkedHashMap<String, Value>();
        inputs.positional().forEach(more -> values.putAll(mapping(more, inputs)));
        values.putAll(inputs.named());
        budget.allocate(values.size());
        yield new Value.Mapping(values);
      }
      case "raise_exception" ->
          throw new EngineException.TemplateFailure(
              "the chat template refuses these messages: "
                  + PythonText.str(inputs.get(0, "message"), budget));
      case "strftime_now" -> Value.of(now(inputs.text(0, "format")));
      default -> throw inputs.failure("is not supported as a function");
    };
  }

  private static Map<String, Value> mapping(Value value, Inputs inputs) {
    return switch (value) {
      case Value.Mapping mapping -> mapping.values();
      case Value.Namespace namespace -> Map.copyOf(namespace.values());
      default -> throw inputs.failure("wants a dictionary, not " + value.kind());
    };
  }

  private Value range(Inputs inputs) {
    inputs.only(3);
    boolean onlyEnd = inputs.positional().size() == 1;
    long from = onlyEnd ? 0 : inputs.whole(0, "start", 0);
    long to = onlyEnd ? inputs.whole(0, "stop", 0) : inputs.whole(1, "stop", 0);
    long by = inputs.whole(2, "step", 1);
    if (by == 0) {
      throw inputs.failure("wants a step that is not 0");
    }
    var values = new ArrayList<Value>();
    for (long at = from; by > 0 ? at < to : at > to; ) {
      budget.allocate(1);
      budget.step();
      values.add(Value.of(at));
      long next = at + by;
      if (by > 0 ? next < at : next > at) {
        break;
      }
      at = next;
    }
    return new Value.Items(values);
  }

  private String now(String format) {
    var time = ZonedDateTime.now(clock);
    var text = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char character = format.charAt(i);
      if (character != '%' || i + 1 == format.length()) {
        text.append(character);
        continue;
      }
      char field = format.charAt(++i);
      if (field == '%') {
        text.append('%');
        continue;
      }
      String pattern = TIME_PATTERNS.get(field);
      if (pattern == null) {
        throw new EngineException.TemplateFailure(
            "chat template: strftime_now does not support %" + field);
      }
      text.append(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time));
      budget.allocate(pattern.length());
    }
    return text.toString();
  }
}
