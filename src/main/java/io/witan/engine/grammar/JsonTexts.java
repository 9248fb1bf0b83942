package io.witan.engine.grammar;

import static io.witan.engine.grammar.Expression.choice;
import static io.witan.engine.grammar.Expression.of;
import static io.witan.engine.grammar.Expression.optional;
import static io.witan.engine.grammar.Expression.sequence;
import static io.witan.engine.grammar.Expression.text;

import io.witan.engine.grammar.Expression.Repeat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How JSON spells values (RFC 8259). */
final class JsonTexts {
  private static final int MOST_DIGITS = 16;
  private static final Expression HEX = of("0-9a-fA-F");
  private static final CharacterSet RAW =
      CharacterSet.of(0x20, CharacterSet.LAST).without(CharacterSet.of("\"\\"));

  /** One character of a string: as it stands, or escaped; a surrogate pair is one. */
  static final Expression CHARACTER =
      choice(
          new Expression.Characters(RAW),
          sequence(text("\\"), of("\"\\/bfnrt")),
          sequence(text("\\u"), of("0-9a-cA-CefEF"), new Repeat(HEX, 3, 3)),
          sequence(text("\\u"), of("dD"), of("0-7"), HEX, HEX),
          sequence(
              text("\\u"),
              of("dD"),
              of("89abAB"),
              HEX,
              HEX,
              text("\\u"),
              of("dD"),
              of("c-fC-F"),
              HEX,
              HEX));

  /** A number within the range of a double. */
  static final Expression NUMBER =
      sequence(
          optional(text("-")),
          choice(text("0"), sequence(of("1-9"), digits(0, MOST_DIGITS - 1))),
          optional(sequence(text("."), digits(1, MOST_DIGITS))),
          optional(sequence(of("eE"), optional(choice(text("+"), text("-"))), digits(1, 2))));

  /** What may stand between parts: nothing, a space, or a new line with indentation. */
  static final Expression BLANK =
      choice(Expression.EMPTY, text(" "), sequence(text("\n"), new Repeat(text(" "), 0, 20)));

  /** Between a name and its value. */
  static final Expression COLON = sequence(text(":"), optional(text(" ")));

  private JsonTexts() {}

  static Expression digits(int least, int most) {
    return new Repeat(of("0-9"), least, most);
  }

  static Expression quoted(Expression content) {
    return sequence(text("\""), content, text("\""));
  }

  /** Characters as they stand in a string: with the shortest escape where they need one. */
  static Expression inString(CharacterSet set) {
    var options = new ArrayList<Expression>();
    var raw = set.and(RAW);
    if (!raw.isEmpty()) {
      options.add(new Expression.Characters(raw));
    }
    for (int point = 0; point < 128; point++) {
      if (set.contains(point) && !RAW.contains(point)) {
        options.add(text(escaped(point)));
      }
    }
    return choice(options);
  }

  private static String escaped(int point) {
    return switch (point) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      default -> "\\u%04x".formatted(point);
    };
  }

  /** A value in the form without blanks. */
  static String literal(Object value) {
    var text = new StringBuilder();
    write(value, text);
    return text.toString();
  }

  private static void write(Object value, StringBuilder text) {
    switch (value) {
      case String string -> {
        text.append('"');
        string
            .codePoints()
            .forEach(
                point ->
                    text.append(RAW.contains(point) ? Character.toString(point) : escaped(point)));
        text.append('"');
      }
      case List<?> list -> {
        text.append('[');
        for (int i = 0; i < list.size(); i++) {
          text.append(i == 0 ? "" : ",");
          write(list.get(i), text);
        }
        text.append(']');
      }
      case Map<?, ?> members -> {
        text.append('{');
        members.forEach(
            (name, member) -> {
              text.append(text.charAt(text.length() - 1) == '{' ? "" : ",");
              write(name, text);
              text.append(':');
              write(member, text);
            });
        text.append('}');
      }
      case BigDecimal number -> text.append(number);
      default -> text.append(value);
    }
  }

  /** Whole numbers between bounds; null is as far as 16 digits go. */
  static Expression integers(@Nullable BigInteger least, @Nullable BigInteger most) {
    var far = BigInteger.TEN.pow(MOST_DIGITS).subtract(BigInteger.ONE);
    var low = least != null ? least : most == null ? far.negate() : far.negate().min(most);
    var high = most != null ? most : far.max(low);
    var options = new ArrayList<Expression>();
    if (low.signum() < 0) {
      var from = high.signum() < 0 ? high.negate() : BigInteger.ONE;
      options.add(sequence(text("-"), positive(from, low.negate())));
    }
    if (low.signum() <= 0 && high.signum() >= 0) {
      options.add(text("0"));
    }
    if (high.signum() > 0) {
      options.add(positive(low.max(BigInteger.ONE), high));
    }
    return choice(options);
  }

  private static Expression positive(BigInteger low, BigInteger high) {
    var options = new ArrayList<Expression>();
    for (int length = low.toString().length(); length <= high.toString().length(); length++) {
      var first = BigInteger.TEN.pow(length - 1);
      var last = BigInteger.TEN.pow(length).subtract(BigInteger.ONE);
      options.add(range(low.max(first).toString(), high.min(last).toString()));
    }
    return choice(options);
  }

  /** Numbers of as many digits as both bounds have. */
  private static Expression range(String low, String high) {
    int length = low.length();
    if (length == 0) {
      return Expression.EMPTY;
    }
    if (low.matches("0*") && high.matches("9*")) {
      return digits(length, length);
    }
    char first = low.charAt(0);
    char last = high.charAt(0);
    var lowRest = low.substring(1);
    var highRest = high.substring(1);
    if (first == last) {
      return sequence(text(String.valueOf(first)), range(lowRest, highRest));
    }
    if (lowRest.matches("0*") && highRest.matches("9*")) {
      return sequence(
          new Expression.Characters(CharacterSet.of(first, last)), digits(length - 1, length - 1));
    }
    var options = new ArrayList<Expression>();
    options.add(sequence(text(String.valueOf(first)), range(lowRest, "9".repeat(length - 1))));
    if (last - first > 1) {
      options.add(
          sequence(
              new Expression.Characters(CharacterSet.of(first + 1, last - 1)),
              digits(length - 1, length - 1)));
    }
    options.add(sequence(text(String.valueOf(last)), range("0".repeat(length - 1), highRest)));
    return choice(options);
  }
}
