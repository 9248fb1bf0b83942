package io.witan.engine.grammar;

import static io.witan.engine.grammar.Expression.choice;
import static io.witan.engine.grammar.Expression.optional;
import static io.witan.engine.grammar.Expression.sequence;
import static io.witan.engine.grammar.Expression.text;

import io.witan.engine.grammar.Expression.Reference;
import io.witan.engine.grammar.Expression.Repeat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the grammar of the JSON documents that a schema describes (draft 2020-12). What it cannot
 * hold it refuses by name; where it is narrower than the schema (an object that names its members
 * has no others unless it says so), every document is still one of the schema. For one schema.
 */
final class SchemaCompiler {
  private static final Reference BLANK = new Reference("blank");
  private static final Reference VALUE = new Reference("value");
  private static final Set<String> OBJECT_WORDS =
      Set.of("properties", "required", "additionalProperties");
  private static final Set<String> ARRAY_WORDS =
      Set.of("items", "prefixItems", "minItems", "maxItems");
  private static final Set<String> STRING_WORDS =
      Set.of("minLength", "maxLength", "pattern", "format");
  private static final Set<String> NUMBER_WORDS =
      Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");
  private static final List<String> TYPES =
      List.of("object", "array", "string", "number", "integer", "boolean", "null");

  private final SchemaMerge schemas;
  private final Map<String, Expression> rules = new LinkedHashMap<>();
  private final Map<String, String> known = new LinkedHashMap<>();

  SchemaCompiler(Object root) {
    this.schemas = new SchemaMerge(root);
  }

  Grammar compile() {
    rules.put("blank", JsonTexts.BLANK);
    rules.put("character", JsonTexts.CHARACTER);
    rules.put("string", JsonTexts.quoted(new Repeat(new Reference("character"), 0, -1)));
    rules.put("number", JsonTexts.NUMBER);
    rules.put("object", object(new LinkedHashMap<>(Map.of("additionalProperties", true))));
    rules.put("array", array(Map.of()));
    rules.put(
        "value",
        choice(
            new Reference("object"),
            new Reference("array"),
            new Reference("string"),
            new Reference("number"),
            text("true"),
            text("false"),
            text("null")));
    var root = reference("#");
    return new Grammar(rules, root.rule());
  }

  private Reference reference(String pointer) {
    var name = known.get(pointer);
    if (name == null) {
      name = "schema " + pointer;
      known.put(pointer, name);
      rules.put(name, expression(schemas.at(pointer)));
    }
    return new Reference(name);
  }

  private Expression expression(Object schema) {
    if (schema.equals(true)) {
      return VALUE;
    }
    var plain = SchemaMerge.withoutNotes(schema);
    if (plain.size() == 1 && plain.get("$ref") instanceof String pointer) {
      return reference(pointer);
    }
    var whole = schemas.flattened(plain);
    for (var word : List.of("anyOf", "oneOf")) {
      if (whole.containsKey(word)) {
        return alternatives(whole, word);
      }
    }
    if (whole.containsKey("const") || whole.containsKey("enum")) {
      return SchemaValues.of(whole);
    }
    SchemaMerge.checkWords(whole);
    var options = new ArrayList<Expression>();
    for (var type : types(whole)) {
      options.add(ofType(type, whole));
    }
    return choice(options);
  }

  private Expression alternatives(Map<String, Object> whole, String word) {
    var rest = new LinkedHashMap<>(whole);
    var list = SchemaMerge.list(rest.remove(word), word);
    if (list.isEmpty()) {
      throw SchemaMerge.refused(word, "must have an alternative");
    }
    if (word.equals("oneOf")) {
      schemas.requireDisjoint(list);
    }
    var options = new ArrayList<Expression>();
    for (var each : list) {
      options.add(expression(rest.isEmpty() ? each : Map.of("allOf", List.of(rest, each))));
    }
    return choice(options);
  }

  private static List<String> types(Map<String, Object> schema) {
    var type = schema.get("type");
    if (type != null) {
      var list = type instanceof List<?> several ? several : List.of(type);
      var names = new ArrayList<String>();
      for (var each : list) {
        if (!(each instanceof String name) || !TYPES.contains(name)) {
          throw SchemaMerge.refused("type", "is none of " + TYPES + ": " + each);
        }
        names.add(name);
      }
      if (names.isEmpty()) {
        throw SchemaMerge.refused("type", "leaves nothing");
      }
      return names;
    }
    return has(schema, OBJECT_WORDS)
        ? List.of("object")
        : has(schema, ARRAY_WORDS)
            ? List.of("array")
            : has(schema, STRING_WORDS)
                ? List.of("string")
                : has(schema, NUMBER_WORDS)
                    ? List.of("number")
                    : List.of("object", "array", "string", "number", "boolean", "null");
  }

  private static boolean has(Map<String, Object> schema, Set<String> words) {
    return schema.keySet().stream().anyMatch(words::contains);
  }

  private Expression ofType(String type, Map<String, Object> schema) {
    return switch (type) {
      case "object" -> has(schema, OBJECT_WORDS) ? object(schema) : new Reference("object");
      case "array" -> has(schema, ARRAY_WORDS) ? array(schema) : new Reference("array");
      case "string" -> SchemaScalars.string(schema);
      case "integer" -> SchemaScalars.integer(schema);
      case "number" -> {
        for (var word : NUMBER_WORDS) {
          if (schema.containsKey(word)) {
            throw SchemaMerge.refused(word, "is supported for type integer only");
          }
        }
        yield new Reference("number");
      }
      case "boolean" -> choice(text("true"), text("false"));
      default -> text("null");
    };
  }

  // ------------------------------------------------------------------ arrays

  private Expression array(Map<String, Object> schema) {
    int least = SchemaMerge.count(schema, "minItems", 0);
    int most = SchemaMerge.count(schema, "maxItems", -1);
    var first = SchemaMerge.list(schema.getOrDefault("prefixItems", List.of()), "prefixItems");
    var items = schema.getOrDefault("items", true);
    if (items.equals(false)) {
      most = most < 0 ? first.size() : Math.min(most, first.size());
    }
    if (most >= 0 && most < least) {
      throw SchemaMerge.refused("maxItems", "is less than minItems");
    }
    var separator = sequence(text(","), BLANK);
    int fixed = most < 0 ? first.size() : Math.min(most, first.size());
    Expression rest = Expression.EMPTY;
    if (most != fixed) {
      var item = shared(items);
      int begun = fixed == 0 ? 1 : fixed;
      int more = most < 0 ? -1 : most - begun;
      rest = new Repeat(sequence(separator, item), Math.max(0, least - begun), more);
      rest = fixed == 0 ? sequence(item, rest) : rest;
      rest = fixed == 0 && least == 0 ? optional(rest) : rest;
    }
    for (int i = fixed - 1; i >= 0; i--) {
      rest = sequence(i == 0 ? Expression.EMPTY : separator, expression(first.get(i)), rest);
      rest = i >= least ? optional(rest) : rest;
    }
    return sequence(text("["), BLANK, rest, BLANK, text("]"));
  }

  /** As a rule, for what is used more than once. */
  private Expression shared(Object schema) {
    var expression = expression(schema);
    if (expression instanceof Reference) {
      return expression;
    }
    var name = "part " + rules.size();
    rules.put(name, expression);
    return new Reference(name);
  }

  // ------------------------------------------------------------------ objects

  private Expression object(Map<String, Object> schema) {
    var properties = SchemaMerge.members(schema.getOrDefault("properties", Map.of()), "properties");
    var required = SchemaMerge.list(schema.getOrDefault("required", List.of()), "required");
    var members = new LinkedHashMap<String, Object>(properties);
    var others = schema.getOrDefault("additionalProperties", properties.isEmpty());
    for (var name : required) {
      if (!(name instanceof String text)) {
        throw SchemaMerge.refused("required", "must be names");
      }
      if (!members.containsKey(text) && others.equals(false)) {
        throw SchemaMerge.refused("required", "names “" + text + "”, which has no place");
      }
      members.putIfAbsent(text, others);
    }
    var separator = sequence(text(","), BLANK);
    Expression after = Expression.EMPTY; // when a member stands before
    Expression first = Expression.EMPTY; // when none does
    if (!others.equals(false)) {
      var name = OtherNames.than(members.keySet());
      var other = "other " + rules.size();
      rules.put(other, Expression.EMPTY);
      rules.put(other, sequence(name, JsonTexts.COLON, expression(others)));
      var more = new Repeat(sequence(separator, new Reference(other)), 0, -1);
      after = more;
      first = optional(sequence(new Reference(other), more));
    }
    var names = new ArrayList<>(members.keySet());
    for (var name : names.reversed()) {
      boolean optional = !required.contains(name);
      if (optional && properties.get(name) instanceof Boolean allowed && !allowed) {
        continue;
      }
      var value = expression(members.getOrDefault(name, true));
      var rest = named(after);
      var member = named(sequence(text(JsonTexts.literal(name)), JsonTexts.COLON, value, rest));
      var skipped = first;
      first = optional ? choice(member, named(skipped)) : member;
      after = optional ? choice(sequence(separator, member), rest) : sequence(separator, member);
    }
    return sequence(text("{"), BLANK, first, BLANK, text("}"));
  }

  private Expression named(Expression expression) {
    if (expression instanceof Reference || expression.equals(Expression.EMPTY)) {
      return expression;
    }
    var name = "members " + rules.size();
    rules.put(name, expression);
    return new Reference(name);
  }
}
