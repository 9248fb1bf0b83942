package io.witan.engine.grammar;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Schemas that list their values. */
final class SchemaValues {
  private static final Set<String> WORDS = Set.of("const", "enum", "type");

  private SchemaValues() {}

  static Expression of(Map<String, Object> schema) {
    for (var word : schema.keySet()) {
      if (!WORDS.contains(word)) {
        throw SchemaMerge.refused(word, "is not supported beside enum or const");
      }
    }
    var options = new ArrayList<Expression>();
    for (var value : values(schema)) {
      options.add(Expression.text(JsonTexts.literal(value)));
    }
    if (options.isEmpty()) {
      throw SchemaMerge.refused("enum", "leaves no value");
    }
    return Expression.choice(options);
  }

  /** Those that const, enum and type leave. */
  static List<Object> values(Map<String, Object> schema) {
    var listed =
        schema.containsKey("enum")
            ? SchemaMerge.list(schema.get("enum"), "enum")
            : List.of(schema.getOrDefault("const", JsonReader.NULL));
    var type = schema.get("type");
    var types = type == null ? null : type instanceof List<?> list ? list : List.of(type);
    var left = new ArrayList<Object>();
    for (var value : listed) {
      boolean equal = !schema.containsKey("const") || value.equals(schema.get("const"));
      boolean typed = types == null || types.stream().anyMatch(each -> is(value, each));
      if (equal && typed) {
        left.add(value);
      }
    }
    return left;
  }

  private static boolean is(Object value, Object type) {
    return switch (value) {
      case Map<?, ?> members -> type.equals("object");
      case List<?> items -> type.equals("array");
      case String text -> type.equals("string");
      case Boolean flag -> type.equals("boolean");
      case BigDecimal number ->
          type.equals("number")
              || (type.equals("integer") && number.stripTrailingZeros().scale() <= 0);
      default -> type.equals("null");
    };
  }
}
