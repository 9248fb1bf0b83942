package io.witan.engine.tools;

import io.witan.engine.EngineException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call that a model made.
 *
 * @param id by which its result names it
 * @param arguments made of maps, lists, strings, numbers, booleans and nulls
 */
public record ToolCall(String id, String name, Map<String, @Nullable Object> arguments) {
  /**
   * @throws EngineException.InvalidGrammar if no function can have that name
   */
  public ToolCall {
    if (!Tool.isName(name)) {
      throw new EngineException.InvalidGrammar("no function can be called “%s”".formatted(name));
    }
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
  }
}
