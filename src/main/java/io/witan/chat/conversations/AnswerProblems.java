package io.witan.chat.conversations;

import io.witan.chat.conversations.Message.MessageProblem;
import io.witan.shared.Failure;

/** Why an answer could not be made, as its reader is told. */
final class AnswerProblems {
  static final MessageProblem UNEXPECTED =
      new MessageProblem(
          "answer-failed",
          "The answer could not be written",
          "Something went wrong on the server; ask again, and tell an administrator if it stays.");

  private AnswerProblems() {}

  static MessageProblem of(RuntimeException cause) {
    return cause instanceof Failure failure
        ? new MessageProblem(failure.code(), failure.title(), failure.detail())
        : UNEXPECTED;
  }
}
