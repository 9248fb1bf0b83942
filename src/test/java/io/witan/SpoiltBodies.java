package io.witan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Bodies of requests, as JSON, that are wrong in one place. */
public final class SpoiltBodies {
  private static final JsonMapper JSON = new JsonMapper();

  /** What stands in place of one value of a body that is otherwise as it should be, as JSON. */
  private static final List<String> VALUES =
      List.of(
          "null",
          "[null]",
          "[]",
          "{}",
          "[{}]",
          "true",
          "-1",
          "1e300",
          "\"\"",
          "\"\\u0000\"",
          "[\"\\u0000\"]",
          "\"\\ud800\"");

  private SpoiltBodies() {}

  /**
   * Every body that differs from this one in one of its values, however deep that lies; of lists,
   * in their first entry.
   *
   * @param body of maps, lists and what stands in them
   */
  public static List<String> of(@Nullable Object body) {
    var bodies = new ArrayList<String>();
    if (body instanceof Map<?, ?> properties) {
      for (var name : properties.keySet()) {
        var values = new ArrayList<>(VALUES);
        values.addAll(of(properties.get(name)));
        for (var value : values) {
          var changed = new LinkedHashMap<Object, Object>(properties);
          changed.put(name, JSON.readTree(value));
          bodies.add(JSON.writeValueAsString(changed));
        }
      }
    } else if (body instanceof List<?> entries) {
      of(entries.getFirst()).forEach(entry -> bodies.add("[" + entry + "]"));
    }
    return bodies;
  }
}
