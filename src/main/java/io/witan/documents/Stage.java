package io.witan.documents;

/** The steps from received bytes to searchable passages, in order. */
public enum Stage {
  STORED,
  EXTRACTING,
  CHUNKING,
  EMBEDDING,
  INDEXED
}
