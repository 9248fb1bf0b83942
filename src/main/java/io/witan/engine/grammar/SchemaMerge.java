package io.witan.engine.grammar;

import io.witan.engine.EngineException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the parts of a schema and makes one of those that must hold together. */
final class SchemaMerge {
  private static final Set<String> NOTES =
      Set.of(
          "title",
          "description",
          "default",
          "examples",
          "$schema",
          "$id",
          "$comment",
          "$defs",
          "definitions",
          "deprecated",
          "readOnly",
          "writeOnly");
  private static final Set<String> WORDS =
      Set.of(
          "type",
          "properties",
          "required",
          "additionalProperties",
          "items",
          "prefixItems",
          "minItems",
          "maxItems",
          "minLength",
          "maxLength",
          "pattern",
          "format",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "enum",
          "const",
          "anyOf",
          "oneOf");
  private static final int DEEPEST = 64;
  private static final int MOST_MERGES = 20_000;

  private final Object root;
  private int merges;

  SchemaMerge(Object root) {
    this.root = root;
  }

  static EngineException refused(String word, String why) {
    return new EngineException.InvalidGrammar("“%s” %s".formatted(word, why));
  }

  /** What a JSON pointer of this document stands for. */
  Object at(String pointer) {
    if (!pointer.equals("#") && !pointer.startsWith("#/")) {
      throw refused("$ref", "must point into the schema: " + pointer);
    }
    var value = root;
    if (pointer.length() > 1) {
      for (var step : pointer.substring(2).split("/", -1)) {
        var name = step.replace("~1", "/").replace("~0", "~");
        Object next = null;
        if (value instanceof Map<?, ?> members) {
          next = members.get(name);
        } else if (value instanceof List<?> items && name.matches("[0-9]{1,5}")) {
          int index = Integer.parseInt(name);
          next = index < items.size() ? items.get(index) : null;
        }
        if (next == null) {
          throw refused("$ref", "points to nothing: " + pointer);
        }
        value = next;
      }
    }
    return value;
  }

  /** A schema's keywords, without those that say nothing about a document. */
  static Map<String, Object> withoutNotes(Object schema) {
    if (!(schema instanceof Map<?, ?>)) {
      throw new EngineException.InvalidGrammar(
          schema.equals(false)
              ? "a schema that is false has no documents"
              : "a schema must be an object, true or false");
    }
    var plain = new LinkedHashMap<>(members(schema, "schema"));
    plain.keySet().removeAll(NOTES);
    return plain;
  }

  /** With what {@code allOf} and a reference beside others say. */
  Map<String, Object> flattened(Map<String, Object> schema) {
    return flattened(schema, 0);
  }

  private Map<String, Object> flattened(Map<String, Object> schema, int depth) {
    if (depth > DEEPEST || ++merges > MOST_MERGES) {
      throw refused("allOf", "and $ref refer to each other without end");
    }
    Map<String, Object> whole = new LinkedHashMap<>(schema);
    var all = new ArrayList<Object>(list(orNothing(whole.remove("allOf")), "allOf"));
    if (whole.remove("$ref") instanceof String pointer) {
      all.add(at(pointer));
    }
    for (var each : all) {
      if (!each.equals(true)) {
        merge(whole, flattened(withoutNotes(each), depth + 1));
      }
    }
    return whole;
  }

  private static Object orNothing(@Nullable Object value) {
    return value == null ? List.of() : value;
  }

  private static void merge(Map<String, Object> into, Map<String, Object> other) {
    requireSameMembers(into, other);
    other.forEach(
        (word, value) -> {
          var before = into.get(word);
          into.put(
              word, before == null || before.equals(value) ? value : both(word, before, value));
        });
  }

  /** A schema that closes its object does not know the other one's members. */
  private static void requireSameMembers(Map<String, Object> one, Map<String, Object> other) {
    boolean closes =
        (one.containsKey("additionalProperties") || other.containsKey("additionalProperties"))
            && (one.containsKey("properties") || other.containsKey("properties"));
    if (closes) {
      var first = members(one.getOrDefault("properties", Map.of()), "properties").keySet();
      var second = members(other.getOrDefault("properties", Map.of()), "properties").keySet();
      boolean bad =
          (one.containsKey("additionalProperties") && !first.containsAll(second))
              || (other.containsKey("additionalProperties") && !second.containsAll(first));
      if (bad) {
        throw refused("additionalProperties", "cannot be held where schemas are put together");
      }
    }
  }

  private static Object both(String word, Object one, Object other) {
    return switch (word) {
      case "properties" -> {
        var all = new LinkedHashMap<>(members(one, word));
        members(other, word)
            .forEach(
                (name, schema) ->
                    all.merge(
                        name,
                        schema,
                        (first, second) ->
                            first.equals(second)
                                ? first
                                : Map.of("allOf", List.of(first, second))));
        yield all;
      }
      case "required" -> {
        var all = new ArrayList<Object>(list(one, word));
        list(other, word).stream().filter(name -> !all.contains(name)).forEach(all::add);
        yield all;
      }
      case "type" -> types(one).stream().filter(types(other)::contains).toList();
      case "enum" -> list(one, word).stream().filter(list(other, word)::contains).toList();
      case "minimum", "exclusiveMinimum", "minLength", "minItems" -> larger(word, one, other);
      case "maximum", "exclusiveMaximum", "maxLength", "maxItems" ->
          larger(word, one, other).equals(one) ? other : one;
      default -> throw refused(word, "differs in schemas that are put together");
    };
  }

  private static List<?> types(Object type) {
    return type instanceof List<?> list ? list : List.of(type);
  }

  private static Object larger(String word, Object one, Object other) {
    if (one instanceof BigDecimal first && other instanceof BigDecimal second) {
      return first.compareTo(second) >= 0 ? first : second;
    }
    throw refused(word, "must be a number");
  }

  static void checkWords(Map<String, Object> schema) {
    for (var word : schema.keySet()) {
      if (!WORDS.contains(word)) {
        throw refused(word, "is not supported");
      }
    }
  }

  /** What the keywords of {@code oneOf} exclude must be seen without trying documents. */
  void requireDisjoint(List<Object> alternatives) {
    var whole = new ArrayList<Map<String, Object>>();
    for (var each : alternatives) {
      whole.add(flattened(withoutNotes(each)));
    }
    for (int i = 0; i < whole.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (!disjoint(whole.get(i), whole.get(j))) {
          throw refused("oneOf", "has alternatives that may overlap: use anyOf");
        }
      }
    }
  }

  private boolean disjoint(Map<String, Object> one, Map<String, Object> other) {
    if (lists(one) && lists(other)) {
      var second = SchemaValues.values(other);
      return SchemaValues.values(one).stream().noneMatch(second::contains);
    }
    if (one.containsKey("type") && other.containsKey("type")) {
      var first = types(one.get("type"));
      var second = types(other.get("type"));
      boolean numbers = first.contains("number") && second.contains("integer");
      boolean integers = first.contains("integer") && second.contains("number");
      if (first.stream().noneMatch(second::contains) && !numbers && !integers) {
        return true;
      }
    }
    return "object".equals(one.get("type"))
        && "object".equals(other.get("type"))
        && haveTellingMember(one, other);
  }

  private boolean haveTellingMember(Map<String, Object> one, Map<String, Object> other) {
    var first = members(one.getOrDefault("properties", Map.of()), "properties");
    var second = members(other.getOrDefault("properties", Map.of()), "properties");
    var needed = list(one.getOrDefault("required", List.of()), "required");
    var neededToo = list(other.getOrDefault("required", List.of()), "required");
    for (var member : first.entrySet()) {
      var same = second.get(member.getKey());
      boolean both = needed.contains(member.getKey()) && neededToo.contains(member.getKey());
      if (both && same instanceof Map && member.getValue() instanceof Map) {
        var left = flattened(withoutNotes(member.getValue()));
        var right = flattened(withoutNotes(same));
        if (lists(left) && lists(right) && disjoint(left, right)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean lists(Map<String, Object> schema) {
    return schema.containsKey("enum") || schema.containsKey("const");
  }

  // ------------------------------------------------------------------ values

  @SuppressWarnings("unchecked")
  static List<Object> list(@Nullable Object value, String word) {
    if (value instanceof List<?> list) {
      return (List<Object>) list;
    }
    throw refused(word, "must be a list");
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> members(Object value, String word) {
    if (value instanceof Map<?, ?> members) {
      return (Map<String, Object>) members;
    }
    throw refused(word, "must be an object");
  }

  static @Nullable BigDecimal number(Map<String, Object> schema, String word) {
    var value = schema.get(word);
    if (value != null && !(value instanceof BigDecimal)) {
      throw refused(word, "must be a number");
    }
    return (BigDecimal) value;
  }

  static int count(Map<String, Object> schema, String word, int otherwise) {
    var value = number(schema, word);
    if (value == null) {
      return otherwise;
    }
    if (value.signum() < 0
        || value.compareTo(BigDecimal.valueOf(Grammar.MOST_REPETITIONS)) > 0
        || value.stripTrailingZeros().scale() > 0) {
      throw refused(word, "must be a whole number up to " + Grammar.MOST_REPETITIONS);
    }
    return value.intValue();
  }
}
