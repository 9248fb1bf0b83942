package io.witan.chat.conversations;

import java.util.UUID;

/** Identifies a question or an answer. */
record MessageId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
