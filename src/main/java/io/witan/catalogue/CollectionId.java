package io.witan.catalogue;

import java.util.UUID;

/** Identifies a collection of documents. */
public record CollectionId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
