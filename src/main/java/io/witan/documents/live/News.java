package io.witan.documents.live;

import io.witan.catalogue.CollectionId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something that happened to a document, in any process of the installation. */
sealed interface News {
  UUID document();

  /** It is new, or its state is another. */
  record Changed(UUID document) implements News {}

  /** It is gone; the collection says who may know. */
  record Deleted(UUID document, CollectionId collection) implements News {}

  /** Reads what documents.announce() in V030 writes; null for anything else. */
  static @Nullable News parse(String payload) {
    var words = payload.split(" ");
    return switch (words[0]) {
      case "changed" -> new Changed(UUID.fromString(words[1]));
      case "deleted" ->
          new Deleted(UUID.fromString(words[1]), new CollectionId(UUID.fromString(words[2])));
      default -> null;
    };
  }
}
