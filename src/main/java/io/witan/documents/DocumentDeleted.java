package io.witan.documents;

import io.witan.catalogue.CollectionId;
import io.witan.catalogue.DocumentId;

/**
 * A document, its revisions and all that was made of them are being deleted in this transaction.
 */
public record DocumentDeleted(DocumentId documentId, CollectionId collectionId) {}
