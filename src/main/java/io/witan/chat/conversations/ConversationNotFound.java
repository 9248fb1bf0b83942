package io.witan.chat.conversations;

import io.witan.shared.Failure;

/** No such conversation, or another person's: the two are not told apart. */
final class ConversationNotFound extends Failure {
  private static final long serialVersionUID = 1L;

  ConversationNotFound() {
    super(
        "conversation-not-found",
        Kind.NOT_FOUND,
        "Conversation not found",
        "You have no such conversation.");
  }
}
