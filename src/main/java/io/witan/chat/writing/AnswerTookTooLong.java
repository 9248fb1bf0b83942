package io.witan.chat.writing;

import io.witan.shared.Failure;
import java.time.Duration;

/** An answer was ended because it took longer than it may. */
final class AnswerTookTooLong extends Failure {
  private static final long serialVersionUID = 1L;

  AnswerTookTooLong(Duration limit) {
    super(
        "answer-took-too-long",
        Kind.UNAVAILABLE,
        "The answer took too long",
        "The answer was not complete after %d seconds; ask again later, or ask for less."
            .formatted(limit.toSeconds()));
  }
}
