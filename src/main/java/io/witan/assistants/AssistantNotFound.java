package io.witan.assistants;

import io.witan.shared.Failure;

/** No such assistant. */
public final class AssistantNotFound extends Failure {
  private static final long serialVersionUID = 1L;

  public AssistantNotFound(AssistantId id) {
    super(
        "assistant-not-found",
        Kind.NOT_FOUND,
        "Assistant not found",
        "There is no assistant " + id + "; pick another one.");
  }
}
