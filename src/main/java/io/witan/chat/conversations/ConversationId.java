package io.witan.chat.conversations;

import java.util.UUID;

/** Identifies a conversation. */
record ConversationId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
