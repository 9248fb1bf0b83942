package io.witan.documents;

/** Where the newest revision of a document stands. */
public enum DocumentState {
  QUEUED,
  PROCESSING,
  INDEXED,
  FAILED
}
