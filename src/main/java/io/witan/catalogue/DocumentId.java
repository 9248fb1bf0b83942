package io.witan.catalogue;

import java.util.UUID;

/** Identifies a document, whatever its revision. */
public record DocumentId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
