package io.witan.models.generation;

import io.witan.engine.tools.ToolCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a conversation. Nothing in its content is read as a special token.
 *
 * @param calls the functions that the assistant called
 * @param callId which of these calls a tool answers
 */
public record ChatMessage(
    Role role, String content, List<ToolCall> calls, @Nullable String callId) {
  public ChatMessage {
    calls = List.copyOf(calls);
  }

  /** Text only. */
  public ChatMessage(Role role, String content) {
    this(role, content, List.of(), null);
  }

  /** Who speaks. */
  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT,
    TOOL
  }

  public static ChatMessage system(String content) {
    return new ChatMessage(Role.SYSTEM, content);
  }

  public static ChatMessage user(String content) {
    return new ChatMessage(Role.USER, content);
  }

  public static ChatMessage assistant(String content) {
    return new ChatMessage(Role.ASSISTANT, content);
  }
}
