package io.witan.chat.conversations;

import io.witan.chat.AnswerEvent;
import io.witan.shared.RequestClient;
import jakarta.servlet.http.HttpServletRequest;

/** Who waits for an answer. */
interface AnswerClient {
  /** Waits for the whole answer only. */
  AnswerClient PATIENT = event -> {};

  /** Waits for the whole answer only, as long as the client of its request does. */
  static AnswerClient patient(HttpServletRequest request) {
    var client = RequestClient.of(request.getAttribute(RequestClient.ATTRIBUTE));
    return new AnswerClient() {
      @Override
      public void on(AnswerEvent event) {}

      @Override
      public boolean isGone() {
        return client.isGone();
      }
    };
  }

  default void question(Message question) {}

  void on(AnswerEvent event);

  /** Whether nobody waits any more. */
  default boolean isGone() {
    return false;
  }
}
