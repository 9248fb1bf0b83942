package io.witan.engine.grammar;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON that somebody else has read, as {@link JsonReader} reads it. */
final class JsonValues {
  private JsonValues() {}

  static Object of(@Nullable Object value) {
    return switch (value) {
      case null -> JsonReader.NULL;
      case Map<?, ?> map -> {
        var members = new LinkedHashMap<String, Object>();
        map.forEach((name, member) -> members.put(String.valueOf(name), of(member)));
        yield members;
      }
      case List<?> list -> {
        var items = new ArrayList<Object>();
        list.forEach(item -> items.add(of(item)));
        yield items;
      }
      case Number number -> new BigDecimal(number.toString());
      default -> value;
    };
  }
}
