package io.witan.assistants;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.witan.catalogue.CollectionId;
import io.witan.shared.InvalidInput;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an administrator sends to define or change an assistant; absent members stay as they are.
 *
 * @param collectionIds a list of ids, or JSON null for everything that the asking person may read;
 *     a node, because for a change "null" and "absent" are different things
 * @param adapter the name of an adapter of the model that answers; empty for the model as it is
 * @param sampling all of it together: what it does not set becomes what is usual
 */
@Schema(name = "AssistantRequest")
public record AssistantRequest(
    @Nullable String name,
    @Nullable String description,
    @Nullable String instructions,
    @ArraySchema(
            schema = @Schema(type = "string", format = "uuid"),
            arraySchema = @Schema(nullable = true))
        @Nullable JsonNode collectionIds,
    @Nullable RetrievalInput retrieval,
    @Nullable String adapter,
    @Nullable SamplingSettings sampling,
    @Nullable Boolean isDefault) {

  /** Settings as sent: what is absent takes its default. */
  @Schema(name = "RetrievalSettingsRequest")
  public record RetrievalInput(
      @Nullable Integer passages,
      @Nullable Double semanticWeight,
      @Nullable Integer answerSentences) {

    RetrievalSettings settings() {
      var standard = RetrievalSettings.DEFAULT;
      return new RetrievalSettings(
          passages == null ? standard.passages() : passages,
          semanticWeight,
          answerSentences == null ? standard.answerSentences() : answerSentences);
    }
  }

  AssistantRequest named(String given) {
    return new AssistantRequest(
        given, description, instructions, collectionIds, retrieval, adapter, sampling, isDefault);
  }

  boolean namesCollections() {
    return collectionIds != null;
  }

  /** The named collections, or null for everything. */
  @Nullable Set<CollectionId> collections() {
    if (collectionIds == null || collectionIds.isNull()) {
      return null;
    }
    if (!collectionIds.isArray()) {
      throw new InvalidInput("collectionIds", "must be a list of ids or null");
    }
    var ids = new HashSet<CollectionId>();
    for (var node : collectionIds) {
      ids.add(new CollectionId(id(node)));
    }
    return ids;
  }

  private static UUID id(JsonNode node) {
    try {
      return UUID.fromString(node.asString());
    } catch (RuntimeException notAnId) {
      throw new InvalidInput("collectionIds", "must contain only collection ids");
    }
  }
}
