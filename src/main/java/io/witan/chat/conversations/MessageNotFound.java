package io.witan.chat.conversations;

import io.witan.shared.Failure;

/** No such message, or another person's: the two are not told apart. */
final class MessageNotFound extends Failure {
  private static final long serialVersionUID = 1L;

  MessageNotFound() {
    super(
        "message-not-found",
        Kind.NOT_FOUND,
        "Message not found",
        "You have no such message in your conversations.");
  }
}
