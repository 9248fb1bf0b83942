package io.witan.engine.template;

import io.witan.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes values apart: elements, keys, slices. */
final class Parts {
  private final Budget budget;

  Parts(Budget budget) {
    this.budget = budget;
  }

  /** {@code target.name}; undefined if there is no such part. */
  Value attribute(Value target, String name) {
    var missing = new Value.Undefined(name);
    return switch (target) {
      case Value.Mapping mapping -> mapping.values().getOrDefault(name, missing);
      case Value.Namespace namespace -> namespace.values().getOrDefault(name, missing);
      case Value.Loop loop -> loop(loop, name);
      case Value.Undefined undefined ->
          throw new EngineException.TemplateFailure(
              "chat template: '%s' is undefined, and so has no '%s'"
                  .formatted(undefined.name(), name));
      case Value.None ignored -> missing;
      case Value.Flag ignored -> missing;
      case Value.Whole ignored -> missing;
      case Value.Real ignored -> missing;
      case Value.Text ignored -> missing;
      case Value.Items ignored -> missing;
      case Value.Function ignored -> missing;
      case Value.Macro ignored -> missing;
    };
  }

  private Value loop(Value.Loop loop, String name) {
    int size = loop.items().size();
    int index = loop.index();
    return switch (name) {
      case "index" -> Value.of(index + 1L);
      case "index0" -> Value.of((long) index);
      case "revindex" -> Value.of((long) size - index);
      case "revindex0" -> Value.of(size - index - 1L);
      case "first" -> Value.of(index == 0);
      case "last" -> Value.of(index == size - 1);
      case "length" -> Value.of((long) size);
      case "depth" -> Value.of(loop.depth() + 1L);
      case "depth0" -> Value.of((long) loop.depth());
      case "previtem" ->
          index == 0 ? new Value.Undefined("loop.previtem") : loop.items().get(index - 1);
      case "nextitem" ->
          index == size - 1 ? new Value.Undefined("loop.nextitem") : loop.items().get(index + 1);
      default -> new Value.Undefined("loop." + name);
    };
  }

  /** {@code target[key]}; undefined if there is no such part. */
  Value index(Value target, Value key) {
    if (key instanceof Value.Text name) {
      return attribute(target, name.value());
    }
    if (key instanceof Value.Whole whole) {
      if (target instanceof Value.Items items) {
        int at = place(whole.value(), items.values().size());
        return at < 0 ? new Value.Undefined("[" + whole.value() + "]") : items.values().get(at);
      }
      if (target instanceof Value.Text text) {
        int size = text.value().codePointCount(0, text.value().length());
        int at = place(whole.value(), size);
        return at < 0 ? new Value.Undefined("[" + whole.value() + "]") : character(text, at);
      }
    }
    if (target instanceof Value.Undefined undefined) {
      throw new EngineException.TemplateFailure(
          "chat template: '" + undefined.name() + "' is undefined, and so has no parts");
    }
    return new Value.Undefined("[…]");
  }

  private static int place(long index, int size) {
    long at = index < 0 ? index + size : index;
    return at < 0 || at >= size ? -1 : (int) at;
  }

  private Value character(Value.Text text, int at) {
    budget.allocate(at + 1L);
    int unit = text.value().offsetByCodePoints(0, at);
    return Value.of(Character.toString(text.value().codePointAt(unit)));
  }

  /** {@code target[from:to:step]}; characters of a string are code points. */
  Value slice(Value target, @Nullable Value from, @Nullable Value to, @Nullable Value step) {
    long by = bound(step, 1);
    if (by == 0) {
      throw Operations.failure("a slice with step 0");
    }
    return switch (target) {
      case Value.Text text -> {
        int[] points = text.value().codePoints().toArray();
        budget.allocate(points.length);
        var sliced = new StringBuilder();
        for (int at : places(points.length, from, to, by)) {
          sliced.appendCodePoint(points[at]);
        }
        yield Value.of(sliced.toString());
      }
      case Value.Items items -> {
        var sliced = new ArrayList<Value>();
        for (int at : places(items.values().size(), from, to, by)) {
          sliced.add(items.values().get(at));
        }
        yield new Value.Items(sliced);
      }
      default -> throw Operations.failure("a slice of " + target.kind());
    };
  }

  private List<Integer> places(int size, @Nullable Value from, @Nullable Value to, long by) {
    budget.allocate(size);
    long start = limited(bound(from, by > 0 ? 0 : size - 1), size, by, from == null);
    long end = limited(bound(to, by > 0 ? size : -1), size, by, to == null);
    var places = new ArrayList<Integer>();
    for (long at = start; by > 0 ? at < end : at > end; at += by) {
      places.add((int) at);
      if (Math.abs(by) > size) {
        break;
      }
    }
    return places;
  }

  private static long limited(long place, int size, long by, boolean isDefault) {
    long counted = place < 0 && !isDefault ? Math.max(place, -size - 1L) + size : place;
    return by > 0
        ? Math.min(Math.max(counted, 0), size)
        : Math.min(Math.max(counted, -1), size - 1L);
  }

  private static long bound(@Nullable Value value, long otherwise) {
    return switch (value) {
      case null -> otherwise;
      case Value.None ignored -> otherwise;
      case Value.Whole whole -> whole.value();
      default -> throw Operations.failure("a slice at " + value.kind());
    };
  }

  /** What a loop goes through: elements, keys, or characters. */
  List<Value> elements(Value value) {
    return switch (value) {
      case Value.Items items -> items.values();
      case Value.Mapping mapping -> {
        budget.allocate(mapping.values().size());
        yield mapping.values().keySet().stream().map(Value::of).toList();
      }
      case Value.Text text -> {
        budget.allocate(text.value().length());
        yield text.value().codePoints().mapToObj(Character::toString).map(Value::of).toList();
      }
      case Value.Undefined ignored -> List.of();
      default -> throw Operations.failure("going through " + value.kind());
    };
  }

  /** Elements of a list or dictionary, characters of a string. */
  long size(Value value) {
    return switch (value) {
      case Value.Items items -> items.values().size();
      case Value.Mapping mapping -> mapping.values().size();
      case Value.Text text -> {
        budget.allocate(text.value().length());
        yield text.value().codePointCount(0, text.value().length());
      }
      case Value.Undefined ignored -> 0;
      default -> throw Operations.failure("the length of " + value.kind());
    };
  }
}
