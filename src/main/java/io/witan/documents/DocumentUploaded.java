package io.witan.documents;

import io.witan.catalogue.CollectionId;
import io.witan.catalogue.DocumentId;

/** A revision was stored and waits to be indexed. */
public record DocumentUploaded(DocumentId documentId, CollectionId collectionId, int revision) {}
