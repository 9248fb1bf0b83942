package io.witan.assistants;

import io.witan.catalogue.CollectionId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One version of an assistant, as an answer uses it.
 *
 * @param within collections it may search, whether or not the asking person may read them; null for
 *     no limit of its own, empty for none
 * @param adapter with which answers are written, where the model that answers has one of that name;
 *     null for the model as it is
 */
public record AssistantSettings(
    AssistantId id,
    int version,
    String name,
    String instructions,
    @Nullable Set<CollectionId> within,
    RetrievalSettings retrieval,
    @Nullable String adapter,
    SamplingSettings sampling) {

  /** One that writes with the model as it is. */
  public AssistantSettings(
      AssistantId id,
      int version,
      String name,
      String instructions,
      @Nullable Set<CollectionId> within,
      RetrievalSettings retrieval) {
    this(id, version, name, instructions, within, retrieval, null, SamplingSettings.DEFAULT);
  }

  public AssistantSettings {
    within = within == null ? null : Set.copyOf(within);
  }
}
