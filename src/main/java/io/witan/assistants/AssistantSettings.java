package io.witan.assistants;

import io.witan.catalogue.CollectionId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One version of an assistant, as an answer uses it.
 *
 * @param within collections it may search, whether or not the asking person may read them; null for
 *     no limit of its own, empty for none
 */
public record AssistantSettings(
    AssistantId id,
    int version,
    String name,
    String instructions,
    @Nullable Set<CollectionId> within,
    RetrievalSettings retrieval,
    SamplingSettings sampling) {

  public AssistantSettings {
    within = within == null ? null : Set.copyOf(within);
  }
}
