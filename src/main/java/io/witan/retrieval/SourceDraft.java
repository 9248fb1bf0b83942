package io.witan.retrieval;

import io.witan.catalogue.CollectionId;
import io.witan.catalogue.DocumentId;
import io.witan.catalogue.TextVersionId;
import java.time.Instant;

/** What the index must know of the text that passages are cut from. */
public record SourceDraft(
    TextVersionId id,
    DocumentId documentId,
    CollectionId collectionId,
    String title,
    int revision,
    Instant uploadedAt) {}
