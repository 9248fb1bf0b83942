package io.witan.assistants;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an assistant was at some time.
 *
 * @param assistant as that version defined it; its {@code updatedAt} is when that was, and whether
 *     it is the default is not part of a version
 * @param changedBy null for the product itself and for people who are gone
 */
record AssistantVersion(Assistant assistant, @Nullable AssistantEditor changedBy) {

  /** Who defined a version. */
  record AssistantEditor(UUID id, String name) {}
}
