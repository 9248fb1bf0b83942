package io.witan.retrieval;

import io.witan.catalogue.CollectionId;
import io.witan.catalogue.DocumentId;
import io.witan.catalogue.TextVersionId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A passage that was found.
 *
 * @param rank 1 for the best
 * @param start offset in the text version of the first UTF-16 code unit of {@code text}
 * @param ranks where each kind of search put it; may be shown
 * @param signals what the ranking rests on; for the product's own decisions, never shown to members
 */
public record Hit(
    int rank,
    UUID passageId,
    DocumentId documentId,
    TextVersionId textVersionId,
    CollectionId collectionId,
    String title,
    int revision,
    Instant uploadedAt,
    String headingPath,
    String language,
    @Nullable Integer page,
    int start,
    int end,
    String text,
    Ranks ranks,
    Signals signals) {

  Hit withRank(int place) {
    return new Hit(
        place,
        passageId,
        documentId,
        textVersionId,
        collectionId,
        title,
        revision,
        uploadedAt,
        headingPath,
        language,
        page,
        start,
        end,
        text,
        ranks,
        signals);
  }

  /**
   * Places by one kind of search alone, 1 for the best.
   *
   * @param byMeaning null if it was not found by meaning
   * @param byWords null if it has no word of the query
   */
  public record Ranks(@Nullable Integer byMeaning, @Nullable Integer byWords) {}

  /**
   * Raw measures of one passage.
   *
   * @param fused the score that orders the hits
   * @param bm25 0 if no word matched
   * @param coverage 0 to 1: the part of the query's inverse document frequency that the passage has
   * @param cosine of the vectors of query and passage in the passage's embedder
   */
  public record Signals(double fused, double bm25, double coverage, double cosine) {}
}
