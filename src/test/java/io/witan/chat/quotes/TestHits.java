package io.witan.chat.quotes;

import io.witan.catalogue.CollectionId;
import io.witan.catalogue.DocumentId;
import io.witan.catalogue.TextVersionId;
import io.witan.retrieval.Hit;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** Hits of searches that never took place. */
final class TestHits {
  private static final CollectionId COLLECTION = new CollectionId(UUID.randomUUID());
  private static final Instant UPLOADED = Instant.parse("2026-01-02T03:04:05Z");

  private TestHits() {}

  /** A passage of the document with that title, at offset {@code start} of its text. */
  static Hit hit(int rank, String title, String heading, String language, int start, String text) {
    var document = UUID.nameUUIDFromBytes(title.getBytes(StandardCharsets.UTF_8));
    return new Hit(
        rank,
        UUID.randomUUID(),
        new DocumentId(document),
        new TextVersionId(document),
        COLLECTION,
        title,
        1,
        UPLOADED,
        heading,
        language,
        null,
        start,
        start + text.length(),
        text,
        new Hit.Ranks(rank, null),
        new Hit.Signals(1.0 / rank, 1, 0.5, 0.5));
  }

  static Hit english(int rank, String title, String text) {
    return hit(rank, title, "", "en", 0, text);
  }

  static Hit chinese(int rank, String title, String text) {
    return hit(rank, title, "", "zh", 0, text);
  }
}
