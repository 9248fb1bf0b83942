package io.witan.chat.conversations;

import io.witan.shared.Failure;

/** More answers are running than this installation allows. */
final class TooManyAnswers extends Failure {
  private static final long serialVersionUID = 1L;

  TooManyAnswers() {
    super(
        "too-many-answers",
        Kind.UNAVAILABLE,
        "Too many questions at once",
        "Other answers are being written; ask again in a few seconds.");
  }
}
