package io.witan.engine.tools;

import io.witan.engine.EngineException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The functions of a request.
 *
 * @param tools those that the model is told of
 * @param callable the names of those that it may call now
 * @param required whether it must call one; else it may write text instead
 * @param parallel whether it may call several at once, where its format has a form for that
 */
public record ToolUse(List<Tool> tools, Set<String> callable, boolean required, boolean parallel) {
  private static final int MOST_TOOLS = 128;

  /**
   * @throws EngineException.InvalidGrammar if there is none to call, or a name stands twice
   */
  public ToolUse {
    tools = List.copyOf(tools);
    callable = Set.copyOf(callable);
    var names = new HashSet<String>();
    for (var tool : tools) {
      if (!names.add(tool.name())) {
        throw new EngineException.InvalidGrammar(
            "the function “%s” stands twice".formatted(tool.name()));
      }
    }
    if (callable.isEmpty() || tools.size() > MOST_TOOLS) {
      throw new EngineException.InvalidGrammar(
          "from 1 to %d functions may be called".formatted(MOST_TOOLS));
    }
    for (var name : callable) {
      if (!names.contains(name)) {
        throw new EngineException.InvalidGrammar("there is no function “%s”".formatted(name));
      }
    }
  }

  /** The functions that may be called now. */
  public List<Tool> called() {
    return tools.stream().filter(tool -> callable.contains(tool.name())).toList();
  }
}
