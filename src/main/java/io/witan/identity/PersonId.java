package io.witan.identity;

import java.util.UUID;

/** Identifies a person with an account. */
public record PersonId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
