package io.witan.documents.indexing;

import io.witan.catalogue.CollectionId;
import io.witan.catalogue.DocumentId;
import io.witan.catalogue.TextVersionId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the stages need to know of a revision.
 *
 * @param superseded a newer revision answers already
 */
record IndexedRevision(
    UUID id,
    DocumentId documentId,
    CollectionId collectionId,
    int number,
    String fileName,
    Instant uploadedAt,
    @Nullable TextVersionId textVersionId,
    boolean superseded) {}
