package io.witan.models.generation;

import java.util.List;

/** What a generator continues. */
public sealed interface Prompt {

  /** A conversation, written as the model's own template says, and the model's turn next. */
  record Conversation(List<ChatMessage> messages) implements Prompt {
    public Conversation {
      messages = List.copyOf(messages);
    }
  }

  /** A text as it is; nothing in it is read as a special token. */
  record PlainText(String text) implements Prompt {}
}
