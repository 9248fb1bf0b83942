package io.witan.chat.openai;

import io.witan.engine.tools.ToolCall;
import io.witan.models.generation.ChatMessage;
import io.witan.models.generation.ChatMessage.Role;
import io.witan.shared.InvalidInput;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the messages of a conversation. */
final class ChatMessages {
  private ChatMessages() {}

  static List<ChatMessage> of(Parameters request) {
    var messages = new ArrayList<ChatMessage>();
    var called = new HashSet<String>();
    for (var message : request.list("messages")) {
      var read = message(message, called);
      read.calls().forEach(call -> called.add(call.id()));
      messages.add(read);
    }
    if (messages.isEmpty()) {
      throw new InvalidInput("messages", "must have at least one message");
    }
    return messages;
  }

  private static ChatMessage message(Parameters message, Set<String> called) {
    var role = role(message);
    if (role == Role.TOOL) {
      var id = message.requiredText("tool_call_id");
      if (!called.contains(id)) {
        throw new InvalidInput(
            message.named("tool_call_id"), "must be the id of a call in a message before it");
      }
      return new ChatMessage(role, content(message), List.of(), id);
    }
    if (role != Role.ASSISTANT) {
      message.refuse("tool_calls", "belongs to messages of the assistant");
      return new ChatMessage(role, content(message));
    }
    List<ToolCall> calls = ToolParameters.calls(message);
    boolean silent = !calls.isEmpty() && !message.has("content");
    return new ChatMessage(role, silent ? "" : content(message), calls, null);
  }

  private static Role role(Parameters message) {
    return switch (message.requiredText("role")) {
      case "system", "developer" -> Role.SYSTEM;
      case "user" -> Role.USER;
      case "assistant" -> Role.ASSISTANT;
      case "tool" -> Role.TOOL;
      default ->
          throw new InvalidInput(
              message.named("role"), "must be system, developer, user, assistant or tool");
    };
  }

  /** A text, or parts that are texts. */
  private static String content(Parameters message) {
    if (!message.required("content").isArray()) {
      return message.requiredText("content");
    }
    var text = new StringBuilder();
    for (var part : message.list("content")) {
      if (!part.requiredText("type").equals("text")) {
        throw new InvalidInput(part.named("type"), "must be text: models here read nothing else");
      }
      text.append(text.isEmpty() ? "" : "\n").append(part.requiredText("text"));
    }
    return text.toString();
  }
}
