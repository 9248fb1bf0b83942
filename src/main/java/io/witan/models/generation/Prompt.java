package io.witan.models.generation;

import io.witan.engine.tools.ToolUse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a generator continues. */
public sealed interface Prompt {

  /**
   * A conversation, written as the model's own template says, and the model's turn next.
   *
   * @param tools the functions that it may call; null for none
   */
  record Conversation(List<ChatMessage> messages, @Nullable ToolUse tools) implements Prompt {
    public Conversation {
      messages = List.copyOf(messages);
    }

    /** Without functions. */
    public Conversation(List<ChatMessage> messages) {
      this(messages, null);
    }

    /** Whether it has functions, or calls of some. */
    public boolean usesTools() {
      return tools != null
          || messages.stream().anyMatch(it -> !it.calls().isEmpty() || it.callId() != null);
    }
  }

  /** A text as it is; nothing in it is read as a special token. */
  record PlainText(String text) implements Prompt {}
}
