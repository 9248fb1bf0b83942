package io.witan.documents;

import io.witan.catalogue.CollectionId;
import io.witan.catalogue.DocumentId;

/** A revision's passages answer questions from this transaction on. */
public record DocumentIndexed(DocumentId documentId, CollectionId collectionId, int revision) {}
