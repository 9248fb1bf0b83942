package io.witan.chat.conversations;

/** How far a message is; a question is complete from the start. */
enum MessageState {
  STREAMING,
  COMPLETE,
  /** Ended early, by its reader or by a crash; keeps what it had. */
  STOPPED,
  FAILED
}
