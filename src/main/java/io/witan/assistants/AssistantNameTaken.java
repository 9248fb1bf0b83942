package io.witan.assistants;

import io.witan.shared.Failure;

/** Two assistants cannot have one name, or people could not tell them apart. */
final class AssistantNameTaken extends Failure {
  private static final long serialVersionUID = 1L;

  AssistantNameTaken(String name) {
    super(
        "assistant-name-taken",
        Kind.CONFLICT,
        "Name already used",
        "There is already an assistant called “" + name + "”; choose another name.");
  }
}
