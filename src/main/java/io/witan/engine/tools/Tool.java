package io.witan.engine.tools;

import io.witan.engine.EngineException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A function that a model may call.
 *
 * @param description what it does, for the model; null if nobody says
 * @param parameters the JSON schema of its arguments, made of maps, lists, strings, numbers,
 *     booleans and nulls; null if there are none
 */
public record Tool(
    String name, @Nullable String description, @Nullable Map<String, @Nullable Object> parameters) {
  /** Letters that need no escaping anywhere, and are no token that steers. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  /**
   * @throws EngineException.InvalidGrammar if it cannot be called by that name
   */
  public Tool {
    if (!isName(name)) {
      throw new EngineException.InvalidGrammar(
          "names of functions are 1 to 64 letters, digits, underscores, dots and hyphens: " + name);
    }
    parameters =
        parameters == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** Whether a function may be named so. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** As chat templates have it. */
  public Map<String, Object> definition() {
    var function = new LinkedHashMap<String, @Nullable Object>();
    function.put("name", name);
    if (description != null) {
      function.put("description", description);
    }
    if (parameters != null) {
      function.put("parameters", parameters);
    }
    var definition = new LinkedHashMap<String, Object>();
    definition.put("type", "function");
    definition.put("function", function);
    return definition;
  }
}
