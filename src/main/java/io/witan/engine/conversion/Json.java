package io.witan.engine.conversion;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a JSON text. */
sealed interface Json {
  enum None implements Json {
    NULL
  }

  record Flag(boolean value) implements Json {}

  record Text(String value) implements Json {}

  /**
   * @param literal as it was written, for there are numbers beyond a long
   */
  record Figure(String literal) implements Json {
    double real() {
      return Double.parseDouble(literal);
    }
  }

  record Items(List<Json> values) implements Json {
    public Items {
      values = List.copyOf(values);
    }
  }

  /** In the order of the text. */
  record Mapping(Map<String, Json> values) implements Json {
    public Mapping {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }
}
