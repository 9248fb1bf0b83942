package io.witan.chat;

/** Follows an answer while it is made, and may end it. */
public interface AnswerListener {
  /** Follows nothing and lets the answer finish. */
  AnswerListener SILENT = event -> {};

  void on(AnswerEvent event);

  /** Whether the answer should end with what it has; asked before each block. */
  default boolean isStopped() {
    return false;
  }
}
