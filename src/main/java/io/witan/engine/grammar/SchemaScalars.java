package io.witan.engine.grammar;

import io.witan.engine.grammar.Expression.Reference;
import io.witan.engine.grammar.Expression.Repeat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Schemas of strings and of whole numbers. */
final class SchemaScalars {
  private SchemaScalars() {}

  static Expression string(Map<String, Object> schema) {
    boolean sized = schema.containsKey("minLength") || schema.containsKey("maxLength");
    int shaped = (schema.containsKey("pattern") ? 1 : 0) + (schema.containsKey("format") ? 1 : 0);
    if (shaped + (sized ? 1 : 0) > 1) {
      throw SchemaMerge.refused(
          "pattern", "and format, minLength and maxLength cannot be held together");
    }
    if (schema.get("pattern") instanceof String pattern) {
      return JsonTexts.quoted(PatternReader.read(pattern));
    }
    if (shaped > 0) {
      return JsonTexts.quoted(StringFormat.of(schema.getOrDefault("format", "pattern")));
    }
    if (!sized) {
      return new Reference("string");
    }
    int least = SchemaMerge.count(schema, "minLength", 0);
    int most = SchemaMerge.count(schema, "maxLength", -1);
    return JsonTexts.quoted(bounded(new Reference("character"), least, most, "maxLength"));
  }

  private static Expression bounded(Expression part, int least, int most, String word) {
    if (most >= 0 && most < least) {
      throw SchemaMerge.refused(word, "is less than its minimum");
    }
    return new Repeat(part, least, most);
  }

  static Expression integer(Map<String, Object> schema) {
    var least = bound(schema, "minimum", "exclusiveMinimum", RoundingMode.CEILING);
    var most = bound(schema, "maximum", "exclusiveMaximum", RoundingMode.FLOOR);
    if (least != null && most != null && least.compareTo(most) > 0) {
      throw SchemaMerge.refused("maximum", "is less than minimum");
    }
    return JsonTexts.integers(least, most);
  }

  private static @Nullable BigInteger bound(
      Map<String, Object> schema, String word, String exclusive, RoundingMode rounding) {
    boolean up = rounding == RoundingMode.CEILING;
    var inner = SchemaMerge.number(schema, word);
    var outer = SchemaMerge.number(schema, exclusive);
    var first = inner == null ? null : whole(inner, rounding);
    if (outer == null) {
      return first;
    }
    var step = up ? BigInteger.ONE : BigInteger.ONE.negate();
    var second = whole(outer, up ? RoundingMode.FLOOR : RoundingMode.CEILING).add(step);
    return first == null ? second : up ? first.max(second) : first.min(second);
  }

  private static BigInteger whole(BigDecimal number, RoundingMode rounding) {
    if (number.abs().compareTo(new BigDecimal("1e30")) > 0) {
      throw SchemaMerge.refused("minimum", "and maximum are at most 1e30");
    }
    return number.setScale(0, rounding).toBigInteger();
  }
}
