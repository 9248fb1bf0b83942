package io.witan.models.generation;

import io.witan.shared.Failure;

/** Prompt and answer do not fit the model's context, or the memory that it was given. */
public final class PromptTooLong extends Failure {
  private static final long serialVersionUID = 1L;

  public PromptTooLong(int promptTokens, int answerTokens, int contextTokens) {
    super(
        "prompt-too-long",
        Kind.TOO_LARGE,
        "The text is too long for the model",
        "The text has %,d tokens and the answer may have %,d; the model has room for %,d together. Send less text, or ask for a shorter answer."
            .formatted(promptTokens, answerTokens, contextTokens));
  }
}
