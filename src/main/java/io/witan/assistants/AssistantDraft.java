package io.witan.assistants;

import io.witan.catalogue.CollectionId;
import io.witan.shared.InvalidInput;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The content of a version that is about to be stored.
 *
 * @param within null for everything that the asking person may read
 * @param adapter the name of an adapter; null for the model as it is
 */
record AssistantDraft(
    String name,
    String description,
    String instructions,
    @Nullable Set<CollectionId> within,
    RetrievalSettings retrieval,
    @Nullable String adapter,
    SamplingSettings sampling,
    boolean isDefault) {

  private static final int MAX_NAME = 100;
  private static final int MAX_DESCRIPTION = 1_000;
  private static final int MAX_INSTRUCTIONS = 20_000;
  private static final int MAX_ADAPTER = 64;
  private static final int MAX_COLLECTIONS = 1_000;

  AssistantDraft {
    name = name.strip();
    description = description.strip();
    instructions = instructions.strip();
    within = within == null ? null : Set.copyOf(within);
    if (name.isEmpty() || name.length() > MAX_NAME) {
      throw new InvalidInput("name", "must have 1 to " + MAX_NAME + " characters");
    }
    adapter = adapter == null || adapter.isBlank() ? null : adapter.strip();
    requireAtMost("adapter", adapter == null ? "" : adapter, MAX_ADAPTER);
    requireAtMost("description", description, MAX_DESCRIPTION);
    requireAtMost("instructions", instructions, MAX_INSTRUCTIONS);
    if (within != null && within.size() > MAX_COLLECTIONS) {
      throw new InvalidInput("collectionIds", "may name at most " + MAX_COLLECTIONS);
    }
  }

  /** What an assistant is before anything is said of it. */
  static AssistantDraft named(String name) {
    return new AssistantDraft(
        name, "", "", null, RetrievalSettings.DEFAULT, null, SamplingSettings.DEFAULT, false);
  }

  private static void requireAtMost(String field, String value, int limit) {
    if (value.length() > limit) {
      throw new InvalidInput(field, "may have at most " + limit + " characters");
    }
  }
}
