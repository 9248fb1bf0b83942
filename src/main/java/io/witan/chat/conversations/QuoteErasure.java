package io.witan.chat.conversations;

import io.witan.retrieval.SourcesRemoved;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Takes a deleted document's words out of all conversations, in the transaction that deletes it:
 * both happen, or neither.
 */
@Component
class QuoteErasure {
  private final MessageRepository messages;

  QuoteErasure(MessageRepository messages) {
    this.messages = messages;
  }

  @EventListener
  void on(SourcesRemoved removed) {
    messages.eraseDocument(removed.documentId().value());
  }
}
