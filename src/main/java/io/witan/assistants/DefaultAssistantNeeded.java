package io.witan.assistants;

import io.witan.shared.Failure;

/** There is always one default assistant; it changes by making another one the default. */
final class DefaultAssistantNeeded extends Failure {
  private static final long serialVersionUID = 1L;

  DefaultAssistantNeeded(String name) {
    super(
        "default-assistant-needed",
        Kind.CONFLICT,
        "A default assistant is needed",
        "“" + name + "” is the default; make another assistant the default first.");
  }
}
