package io.witan.chat.conversations;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A conversation with its messages, oldest first.
 *
 * @param collectionIds collections chosen last; null for everything
 */
@Schema(name = "Conversation")
record Conversation(
    UUID id,
    String title,
    boolean pinned,
    Instant createdAt,
    Instant updatedAt,
    @Nullable UUID assistantId,
    @Nullable List<UUID> collectionIds,
    List<Message> messages) {

  Conversation {
    collectionIds = collectionIds == null ? null : List.copyOf(collectionIds);
    messages = List.copyOf(messages);
  }

  static Conversation of(StoredConversation stored, List<Message> messages) {
    var summary = stored.summary();
    return new Conversation(
        summary.id(),
        summary.title(),
        summary.pinned(),
        summary.createdAt(),
        summary.updatedAt(),
        summary.assistantId(),
        stored.collectionIds(),
        messages);
  }
}
