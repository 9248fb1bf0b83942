package io.witan.catalogue;

import java.util.UUID;

/** Identifies one immutable extracted text: document revision, extractor version and hash. */
public record TextVersionId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
