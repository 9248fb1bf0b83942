package io.witan.models.springai;

import io.witan.engine.tools.Tool;
import io.witan.engine.tools.ToolUse;
import io.witan.models.generation.ChatMessage;
import io.witan.models.generation.Prompt;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.DefaultToolDefinition;
import org.springframework.ai.tool.definition.ToolDefinition;
import tools.jackson.databind.json.JsonMapper;

/** Writes functions, their calls and their results as Spring AI has them. */
public final class ToolsOfChats {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String TYPE = "function";

  /** Many servers refuse a function without. */
  private static final Map<String, Object> NO_PARAMETERS =
      Map.of("type", "object", "properties", Map.of());

  private ToolsOfChats() {}

  /**
   * The functions that may be called now. Those that may not are left out: few servers know a list
   * of allowed ones beside that of all.
   */
  public static List<ToolCallback> callable(ToolUse use) {
    return use.called().stream().<ToolCallback>map(tool -> new Named(definition(tool))).toList();
  }

  private static ToolDefinition definition(Tool tool) {
    var parameters = tool.parameters();
    var described = tool.description();
    return new DefaultToolDefinition(
        tool.name(),
        described == null || described.isBlank() ? tool.name() : described,
        JSON.writeValueAsString(parameters == null ? NO_PARAMETERS : parameters));
  }

  /** A function that whoever asked will run. */
  private record Named(ToolDefinition definition) implements ToolCallback {
    @Override
    public ToolDefinition getToolDefinition() {
      return definition;
    }

    @Override
    public String call(String arguments) {
      throw new IllegalStateException("functions are not run here");
    }
  }

  static Message message(ChatMessage message) {
    if (message.calls().isEmpty()) {
      return new AssistantMessage(message.content());
    }
    var calls =
        message.calls().stream()
            .map(
                call ->
                    new AssistantMessage.ToolCall(
                        call.id(), TYPE, call.name(), JSON.writeValueAsString(call.arguments())))
            .toList();
    return AssistantMessage.builder().content(message.content()).toolCalls(calls).build();
  }

  static Message result(ChatMessage message) {
    var id = Objects.requireNonNull(message.callId(), "a result says of which call");
    // That protocol has no place for the function's name here.
    var response = new ToolResponseMessage.ToolResponse(id, "", message.content());
    return ToolResponseMessage.builder().responses(List.of(response)).build();
  }

  /** What a prompt says beside its texts, to be counted. */
  static String counted(Prompt.Conversation conversation) {
    var text = new StringBuilder();
    var tools = conversation.tools();
    if (tools != null) {
      tools.tools().forEach(tool -> text.append(JSON.writeValueAsString(tool.definition())));
    }
    for (var message : conversation.messages()) {
      for (var call : message.calls()) {
        text.append(call.id()).append(call.name());
        text.append(JSON.writeValueAsString(call.arguments()));
      }
    }
    return text.toString();
  }
}
