package io.witan.assistants;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An assistant as one person sees it.
 *
 * @param collectionIds those of its collections that the person may read; null for no limit
 * @param hiddenCollections how many more there are; told to administrators only
 * @param adapter with which answers are written, where the model has one of that name; null for the
 *     model as it is
 */
@Schema(name = "Assistant")
record Assistant(
    UUID id,
    String name,
    String description,
    String instructions,
    @Nullable List<UUID> collectionIds,
    @Nullable Integer hiddenCollections,
    RetrievalSettings retrieval,
    @Nullable String adapter,
    SamplingSettings sampling,
    boolean isDefault,
    int version,
    Instant createdAt,
    Instant updatedAt) {

  Assistant {
    collectionIds = collectionIds == null ? null : List.copyOf(collectionIds);
  }
}
