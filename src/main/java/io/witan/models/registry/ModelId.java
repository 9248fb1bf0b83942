package io.witan.models.registry;

import java.util.UUID;

/** Identifies a model of the registry. */
public record ModelId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
