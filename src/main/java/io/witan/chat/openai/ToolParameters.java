package io.witan.chat.openai;

import io.witan.engine.tools.Tool;
import io.witan.engine.tools.ToolCall;
import io.witan.engine.tools.ToolUse;
import io.witan.shared.InvalidInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads which functions a model may call, and which ones it has called. */
final class ToolParameters {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_TOOLS = 128;
  private static final int DEEPEST = 50;
  private static final String FUNCTION = "function";
  private static final String CHOICE = "tool_choice";
  private static final String NAME = "must be 1 to 64 letters, digits, underscores and hyphens";

  private ToolParameters() {}

  /** Null if it may call none. */
  static @Nullable ToolUse of(Parameters request) {
    request.refuse("functions", "is not supported: use tools");
    request.refuse("function_call", "is not supported: use tool_choice");
    boolean parallel = !request.has("parallel_tool_calls") || request.flag("parallel_tool_calls");
    var tools = tools(request);
    if (tools.isEmpty()) {
      if (request.has(CHOICE) && !isText(request, "none")) {
        throw new InvalidInput(CHOICE, "needs tools");
      }
      return null;
    }
    if (isText(request, "none")) {
      return null;
    }
    var names = new LinkedHashSet<String>();
    tools.forEach(tool -> names.add(tool.name()));
    var choice = choice(request, names);
    return new ToolUse(tools, choice.callable, choice.required, parallel);
  }

  private static boolean isText(Parameters request, String text) {
    var value = request.value(CHOICE);
    return value != null && value.isString() && value.stringValue().equals(text);
  }

  private static List<Tool> tools(Parameters request) {
    if (!request.has("tools")) {
      return List.of();
    }
    var tools = new ArrayList<Tool>();
    var names = new LinkedHashSet<String>();
    for (var each : request.list("tools")) {
      var function = function(each);
      var name = function.requiredText("name");
      if (!Tool.isName(name) || !names.add(name)) {
        throw new InvalidInput(
            function.named("name"), names.contains(name) ? "stands twice" : NAME);
      }
      function.flag("strict"); // checked, and always so
      tools.add(new Tool(name, function.text("description"), parameters(function)));
    }
    if (tools.size() > MOST_TOOLS) {
      throw new InvalidInput("tools", "must be at most " + MOST_TOOLS);
    }
    return tools;
  }

  private static Parameters function(Parameters holder) {
    if (!holder.requiredText("type").equals(FUNCTION)) {
      throw new InvalidInput(holder.named("type"), "must be function");
    }
    var function = holder.inner(FUNCTION);
    if (function == null) {
      throw new InvalidInput(holder.named(FUNCTION), "is missing");
    }
    return function;
  }

  private static @Nullable Map<String, @Nullable Object> parameters(Parameters function) {
    var schema = function.inner("parameters");
    if (schema == null) {
      return null;
    }
    var type = schema.value("type");
    if (type != null && !(type.isString() && type.stringValue().equals("object"))) {
      throw new InvalidInput(schema.named("type"), "must be object");
    }
    var members = new LinkedHashMap<String, @Nullable Object>();
    members.put("type", "object");
    members.putAll(map(schema.object(), function.named("parameters")));
    return members;
  }

  private record Choice(Set<String> callable, boolean required) {}

  private static Choice choice(Parameters request, Set<String> all) {
    var value = request.value(CHOICE);
    if (value == null || value.isString()) {
      return new Choice(all, value != null && isRequired(request.requiredText(CHOICE), CHOICE));
    }
    var choice = request.inner(CHOICE);
    if (choice == null) {
      return new Choice(all, false);
    }
    var allowed = choice.inner("allowed_tools");
    if (choice.requiredText("type").equals("allowed_tools") && allowed != null) {
      boolean required = isRequired(allowed.requiredText("mode"), allowed.named("mode"));
      var names = new LinkedHashSet<String>();
      allowed.list("tools").forEach(each -> names.add(known(function(each), all)));
      if (names.isEmpty()) {
        throw new InvalidInput(allowed.named("tools"), "must have at least one");
      }
      return new Choice(names, required);
    }
    return new Choice(Set.of(known(function(choice), all)), true);
  }

  private static boolean isRequired(String mode, String name) {
    return switch (mode) {
      case "auto" -> false;
      case "required" -> true;
      default -> throw new InvalidInput(name, "must be none, auto, required or a function");
    };
  }

  private static String known(Parameters function, Set<String> all) {
    var name = function.requiredText("name");
    if (!all.contains(name)) {
      throw new InvalidInput(function.named("name"), "is none of the tools");
    }
    return name;
  }

  /** The calls of an assistant's message. */
  static List<ToolCall> calls(Parameters message) {
    message.refuse("function_call", "is not supported: use tool_calls");
    if (!message.has("tool_calls")) {
      return List.of();
    }
    var calls = new ArrayList<ToolCall>();
    for (var each : message.list("tool_calls")) {
      var function = function(each);
      var name = function.requiredText("name");
      if (!Tool.isName(name)) {
        throw new InvalidInput(function.named("name"), NAME);
      }
      calls.add(new ToolCall(each.requiredText("id"), name, arguments(function)));
    }
    return calls;
  }

  private static Map<String, @Nullable Object> arguments(Parameters function) {
    var name = function.named("arguments");
    var text = function.requiredText("arguments");
    JsonNode node;
    try {
      node = JSON.readTree(text.isBlank() ? "{}" : text);
    } catch (JacksonException broken) {
      throw new InvalidInput(name, "must be JSON");
    }
    if (!node.isObject()) {
      throw new InvalidInput(name, "must be a JSON object");
    }
    return map(node, name);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> map(JsonNode object, String name) {
    if (depth(object, 0) > DEEPEST) {
      throw new InvalidInput(name, "is nested more than %d levels deep".formatted(DEEPEST));
    }
    return JSON.treeToValue(object, LinkedHashMap.class);
  }

  private static int depth(JsonNode node, int level) {
    int deepest = level;
    if (level <= DEEPEST) {
      for (var child : node) {
        deepest = Math.max(deepest, depth(child, level + 1));
      }
    }
    return deepest;
  }
}
