package io.witan.chat.conversations;

import io.witan.chat.AnswerEvent;

/** Who waits for an answer. */
interface AnswerClient {
  /** Waits for the whole answer only. */
  AnswerClient PATIENT = event -> {};

  default void question(Message question) {}

  void on(AnswerEvent event);

  /** Whether nobody waits any more. */
  default boolean isGone() {
    return false;
  }
}
