package io.witan.models.generation;

import io.witan.shared.Failure;

/** The model's chat template has no place for such a conversation, or there is no template. */
public final class ConversationRefused extends Failure {
  private static final long serialVersionUID = 1L;

  public ConversationRefused(String model, String reason) {
    super(
        "conversation-refused",
        Kind.INVALID,
        "The model does not take this conversation",
        "“%s” does not take this conversation: %s.".formatted(model, reason));
  }
}
