package io.witan.documents;

import io.witan.catalogue.CollectionId;
import io.witan.catalogue.DocumentId;

/** A revision could not be indexed; code says why. */
public record DocumentFailed(
    DocumentId documentId, CollectionId collectionId, int revision, String code) {}
