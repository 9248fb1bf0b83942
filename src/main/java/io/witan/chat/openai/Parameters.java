package io.witan.chat.openai;

import io.witan.shared.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The members of a request's JSON object, checked one by one so that a refusal names its member.
 * JSON null is the same as nothing; members that nobody asks for are ignored, as that API's clients
 * expect.
 *
 * @param path where the object stands, with a dot at its end; empty for the request itself
 */
record Parameters(JsonNode object, String path) {

  static Parameters of(JsonNode body) {
    return of(body, "");
  }

  private static Parameters of(JsonNode node, String path) {
    if (!node.isObject()) {
      var name = path.isEmpty() ? "body" : path.substring(0, path.length() - 1);
      throw new InvalidInput(name, "must be a JSON object");
    }
    return new Parameters(node, path);
  }

  /** The name as a refusal says it. */
  String named(String name) {
    return path + name;
  }

  /** The value; null where it is absent or JSON null. */
  @Nullable JsonNode value(String name) {
    var value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  boolean has(String name) {
    return value(name) != null;
  }

  JsonNode required(String name) {
    var value = value(name);
    if (value == null) {
      throw new InvalidInput(named(name), "is missing");
    }
    return value;
  }

  @Nullable String text(String name) {
    var value = value(name);
    return value == null ? null : textOf(value, named(name));
  }

  String requiredText(String name) {
    return textOf(required(name), named(name));
  }

  private static String textOf(JsonNode value, String name) {
    if (!value.isString()) {
      throw new InvalidInput(name, "must be a string");
    }
    return value.stringValue();
  }

  /** A text or a list of texts, as a list. */
  List<String> texts(String name) {
    var value = value(name);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      return List.of(textOf(value, named(name)));
    }
    var texts = new ArrayList<String>();
    for (int i = 0; i < value.size(); i++) {
      texts.add(textOf(value.get(i), named(name) + "[" + i + "]"));
    }
    return texts;
  }

  boolean flag(String name) {
    var value = value(name);
    if (value != null && !value.isBoolean()) {
      throw new InvalidInput(named(name), "must be true or false");
    }
    return value != null && value.booleanValue();
  }

  double number(String name, double least, double most, double otherwise) {
    var value = value(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isNumber() || !(value.doubleValue() >= least && value.doubleValue() <= most)) {
      throw new InvalidInput(
          named(name), "must be a number from %s to %s".formatted(plain(least), plain(most)));
    }
    return value.doubleValue();
  }

  private static String plain(double bound) {
    return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
  }

  @Nullable Integer integer(String name, int least, int most) {
    var value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < least
        || value.intValue() > most) {
      throw new InvalidInput(
          named(name), "must be a whole number from %d to %d".formatted(least, most));
    }
    return value.intValue();
  }

  @Nullable Long wholeNumber(String name) {
    var value = value(name);
    if (value != null && (!value.isIntegralNumber() || !value.canConvertToLong())) {
      throw new InvalidInput(named(name), "must be a whole number of 64 bits");
    }
    return value == null ? null : value.longValue();
  }

  @Nullable Parameters inner(String name) {
    var value = value(name);
    return value == null ? null : of(value, named(name) + ".");
  }

  /** The objects of a list. */
  List<Parameters> list(String name) {
    var value = required(name);
    if (!value.isArray()) {
      throw new InvalidInput(named(name), "must be a list");
    }
    var objects = new ArrayList<Parameters>();
    for (int i = 0; i < value.size(); i++) {
      objects.add(of(value.get(i), named(name) + "[" + i + "]."));
    }
    return objects;
  }

  /** Refuses what would silently give another answer than was asked for. */
  void refuse(String name, String why) {
    var value = value(name);
    boolean empty = value == null || (value.isContainer() && value.isEmpty());
    if (!empty) {
      throw new InvalidInput(named(name), why);
    }
  }

  /** Refuses every number but this one. */
  void refuseOtherThan(String name, double only, String why) {
    var value = value(name);
    if (value != null && (!value.isNumber() || value.doubleValue() != only)) {
      throw new InvalidInput(named(name), why);
    }
  }
}
