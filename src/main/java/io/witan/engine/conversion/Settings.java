package io.witan.engine.conversion;

import io.witan.engine.EngineException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * An object of a JSON file. Getters that take several keys take the first that is there; {@code
 * null} counts as absent. What is of another kind than asked for is an error that names file and
 * key.
 *
 * @param file what to call it in messages
 */
record Settings(Map<String, Json> values, String file) {
  static Settings empty(String file) {
    return new Settings(Map.of(), file);
  }

  /**
   * @throws EngineException if it is no JSON, or no object
   */
  static Settings parse(String text, String file) {
    return of(JsonReader.read(text, file), file);
  }

  static Settings of(Json json, String file) {
    if (json instanceof Json.Mapping mapping) {
      return new Settings(mapping.values(), file);
    }
    throw new EngineException.InvalidFile(file + " is no JSON object");
  }

  boolean has(String key) {
    return find(key) != null;
  }

  @Nullable Json find(String... keys) {
    for (String key : keys) {
      var value = values.get(key);
      if (value != null && value != Json.None.NULL) {
        return value;
      }
    }
    return null;
  }

  OptionalInt findWhole(String... keys) {
    return switch (find(keys)) {
      case null -> OptionalInt.empty();
      case Json.Figure figure -> {
        double value = figure.real();
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
          throw wrong(keys, "no whole number in range: " + figure.literal());
        }
        yield OptionalInt.of((int) value);
      }
      case Json other -> throw wrong(keys, "no number: " + kind(other));
    };
  }

  int whole(String... keys) {
    return findWhole(keys).orElseThrow(() -> lacks(keys));
  }

  OptionalDouble findReal(String... keys) {
    return switch (find(keys)) {
      case null -> OptionalDouble.empty();
      case Json.Figure figure -> OptionalDouble.of(figure.real());
      case Json other -> throw wrong(keys, "no number: " + kind(other));
    };
  }

  double real(String... keys) {
    return findReal(keys).orElseThrow(() -> lacks(keys));
  }

  Optional<String> findText(String... keys) {
    return switch (find(keys)) {
      case null -> Optional.empty();
      case Json.Text text -> Optional.of(text.value());
      case Json other -> throw wrong(keys, "no text: " + kind(other));
    };
  }

  Optional<Boolean> findFlag(String... keys) {
    return switch (find(keys)) {
      case null -> Optional.empty();
      case Json.Flag flag -> Optional.of(flag.value());
      case Json other -> throw wrong(keys, "neither true nor false: " + kind(other));
    };
  }

  boolean flag(String key) {
    return findFlag(key).orElse(false);
  }

  Optional<Settings> findChild(String key) {
    return switch (find(key)) {
      case null -> Optional.empty();
      case Json.Mapping mapping -> Optional.of(new Settings(mapping.values(), file));
      case Json other -> throw wrong(new String[] {key}, "no object: " + kind(other));
    };
  }

  Settings child(String key) {
    return findChild(key).orElseThrow(() -> lacks(key));
  }

  /** The elements of a list; none if the key is absent. */
  List<Json> items(String key) {
    return switch (find(key)) {
      case null -> List.of();
      case Json.Items items -> items.values();
      case Json other -> throw wrong(new String[] {key}, "no list: " + kind(other));
    };
  }

  /** The objects of a list; none if the key is absent. */
  List<Settings> children(String key) {
    return items(key).stream().map(each -> of(each, file + " " + key)).toList();
  }

  float[] reals(String key) {
    var items = items(key);
    var all = new float[items.size()];
    for (int i = 0; i < all.length; i++) {
      if (!(items.get(i) instanceof Json.Figure figure)) {
        throw wrong(new String[] {key}, "a list with " + kind(items.get(i)));
      }
      all[i] = (float) figure.real();
    }
    return all;
  }

  private static String kind(Json value) {
    return switch (value) {
      case Json.None ignored -> "null";
      case Json.Flag ignored -> "true or false";
      case Json.Text ignored -> "a text";
      case Json.Figure ignored -> "a number";
      case Json.Items ignored -> "a list";
      case Json.Mapping ignored -> "an object";
    };
  }

  private EngineException wrong(String[] keys, String what) {
    return new EngineException.InvalidFile(file + ": " + String.join(" or ", keys) + " is " + what);
  }

  private EngineException lacks(String... keys) {
    return new EngineException.InvalidFile(file + " lacks " + String.join(" or ", keys));
  }
}
