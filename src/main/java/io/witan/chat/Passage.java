package io.witan.chat;

import io.swagger.v3.oas.annotations.media.Schema;
import io.witan.retrieval.Hit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A passage that a search found, without its scores.
 *
 * @param start offset in the text version of the first UTF-16 code unit of {@code text}
 */
@Schema(name = "Passage")
public record Passage(
    int rank,
    UUID passageId,
    UUID documentId,
    UUID textVersionId,
    UUID collectionId,
    String collectionName,
    String title,
    String heading,
    @Nullable Integer page,
    int start,
    int end,
    String text) {

  public static Passage of(Hit hit, String collectionName) {
    return new Passage(
        hit.rank(),
        hit.passageId(),
        hit.documentId().value(),
        hit.textVersionId().value(),
        hit.collectionId().value(),
        collectionName,
        hit.title(),
        hit.headingPath(),
        hit.page(),
        hit.start(),
        hit.end(),
        hit.text());
  }
}
