package io.witan.assistants;

import io.witan.shared.Failure;

/** No such assistant, or no such version of it. */
public final class AssistantNotFound extends Failure {
  private static final long serialVersionUID = 1L;

  public AssistantNotFound(AssistantId id) {
    super(
        "assistant-not-found",
        Kind.NOT_FOUND,
        "Assistant not found",
        "There is no assistant " + id + "; pick another one.");
  }

  AssistantNotFound(AssistantId id, int version) {
    super(
        "assistant-not-found",
        Kind.NOT_FOUND,
        "Assistant not found",
        "There is no version " + version + " of assistant " + id + "; pick another one.");
  }
}
