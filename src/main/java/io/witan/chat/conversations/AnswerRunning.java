package io.witan.chat.conversations;

import io.witan.shared.Failure;

/** A conversation has one running answer at a time. */
final class AnswerRunning extends Failure {
  private static final long serialVersionUID = 1L;

  AnswerRunning() {
    super(
        "answer-running",
        Kind.CONFLICT,
        "An answer is being written",
        "Wait until the answer in this conversation is complete, or stop it.");
  }
}
