package io.witan.chat.conversations;

import io.witan.assistants.AssistantId;
import io.witan.catalogue.CollectionId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A conversation's row. */
record StoredConversation(ConversationSummary summary, @Nullable List<UUID> collectionIds) {

  StoredConversation {
    collectionIds = collectionIds == null ? null : List.copyOf(collectionIds);
  }

  ConversationId id() {
    return new ConversationId(summary.id());
  }

  @Nullable AssistantId assistant() {
    var id = summary.assistantId();
    return id == null ? null : new AssistantId(id);
  }

  @Nullable Set<CollectionId> within() {
    return collectionIds == null
        ? null
        : new HashSet<>(collectionIds.stream().map(CollectionId::new).toList());
  }
}
