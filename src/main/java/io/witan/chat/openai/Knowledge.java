package io.witan.chat.openai;

import io.witan.assistants.AssistantId;
import io.witan.catalogue.CollectionId;
import io.witan.shared.InvalidInput;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The request's own member {@code witan}: to answer from documents.
 *
 * @param collections to search at most; null for everything that the person may read
 * @param assistant null for the default one
 */
record Knowledge(@Nullable Set<CollectionId> collections, @Nullable AssistantId assistant) {

  /** Null if the request asks for the model alone. */
  static @Nullable Knowledge of(Parameters request, String model) {
    var wanted = request.inner("witan");
    if (wanted == null) {
      return model.equals(ChatParameters.WITAN) ? new Knowledge(null, null) : null;
    }
    var assistant = wanted.text("assistant");
    return new Knowledge(
        collections(wanted),
        assistant == null ? null : new AssistantId(id(wanted.named("assistant"), assistant)));
  }

  private static @Nullable Set<CollectionId> collections(Parameters wanted) {
    if (!wanted.has("collections")) {
      return null;
    }
    var ids = new HashSet<CollectionId>();
    for (var text : wanted.texts("collections")) {
      ids.add(new CollectionId(id(wanted.named("collections"), text)));
    }
    return ids;
  }

  private static UUID id(String name, String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException notAnId) {
      throw new InvalidInput(name, "must be the id of one: a UUID");
    }
  }
}
