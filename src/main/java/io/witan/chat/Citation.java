package io.witan.chat;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of a block: a range of an immutable text version.
 *
 * @param number from 1 in the order of the answer
 * @param heading headings above the quote, outermost first, joined by " › "
 * @param start offset of the first UTF-16 code unit
 * @param end offset after the last
 * @param quote exactly the text version's [start, end)
 * @param ranks null for answers from before they were kept
 * @param redacted whether the reader may no longer see it; everything but ids is then empty
 */
@Schema(name = "Citation")
public record Citation(
    int number,
    UUID documentId,
    UUID textVersionId,
    UUID collectionId,
    String title,
    String heading,
    @Nullable Integer page,
    int revision,
    @Nullable Instant uploadedAt,
    int start,
    int end,
    String quote,
    @Nullable CitationRanks ranks,
    boolean redacted) {

  Citation withNumber(int other) {
    return new Citation(
        other,
        documentId,
        textVersionId,
        collectionId,
        title,
        heading,
        page,
        revision,
        uploadedAt,
        start,
        end,
        quote,
        ranks,
        redacted);
  }

  /** The same citation with nothing of the source in it. */
  public Citation redactedCopy() {
    return new Citation(
        number,
        documentId,
        textVersionId,
        collectionId,
        "",
        "",
        null,
        0,
        null,
        0,
        0,
        "",
        null,
        true);
  }
}
