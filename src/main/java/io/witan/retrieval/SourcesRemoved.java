package io.witan.retrieval;

import io.witan.catalogue.CollectionId;
import io.witan.catalogue.DocumentId;

/** A document's passages and texts are being removed, in the transaction that publishes this. */
public record SourcesRemoved(DocumentId documentId, CollectionId collectionId) {}
