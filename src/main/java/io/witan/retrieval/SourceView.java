package io.witan.retrieval;

import io.witan.catalogue.CollectionId;
import io.witan.catalogue.DocumentId;
import io.witan.catalogue.TextVersionId;
import java.time.Instant;

/**
 * A text version that the reader may read now.
 *
 * @param current false once a newer text of the document has taken its place
 */
public record SourceView(
    TextVersionId id,
    DocumentId documentId,
    CollectionId collectionId,
    String title,
    int revision,
    Instant uploadedAt,
    boolean current) {}
