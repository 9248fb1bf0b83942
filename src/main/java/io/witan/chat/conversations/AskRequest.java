package io.witan.chat.conversations;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.witan.shared.InvalidInput;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A question in a conversation. Where assistant and collections are absent, the conversation's last
 * choice stands; JSON null takes the default assistant and everything, which is why they are nodes.
 *
 * @param text may be absent only to answer the same question again
 * @param replaces a question to be asked anew as {@code text}, or an answer to be made again;
 *     everything after it goes
 */
@Schema(name = "AskRequest")
record AskRequest(
    @Nullable String text,
    @Schema(type = "string", format = "uuid", nullable = true) @Nullable JsonNode assistantId,
    @ArraySchema(
            schema = @Schema(type = "string", format = "uuid"),
            arraySchema = @Schema(nullable = true))
        @Nullable JsonNode collectionIds,
    @Nullable UUID replaces) {

  /** The assistant to ask; null for the default one. */
  @Nullable UUID assistant(@Nullable UUID before) {
    if (assistantId == null) {
      return before;
    }
    return assistantId.isNull() ? null : id("assistantId", assistantId);
  }

  /** The collections to search at most; null for everything. */
  @Nullable Set<UUID> collections(@Nullable Set<UUID> before) {
    if (collectionIds == null) {
      return before;
    }
    if (collectionIds.isNull()) {
      return null;
    }
    if (!collectionIds.isArray()) {
      throw new InvalidInput("collectionIds", "must be a list of ids or null");
    }
    var ids = new HashSet<UUID>();
    collectionIds.forEach(node -> ids.add(id("collectionIds", node)));
    return ids;
  }

  private static UUID id(String field, JsonNode node) {
    try {
      return UUID.fromString(node.asString());
    } catch (RuntimeException notAnId) {
      throw new InvalidInput(field, "must be a UUID");
    }
  }
}
