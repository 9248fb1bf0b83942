package io.witan.identity;

import java.util.UUID;

/** Identifies a group of people. */
public record GroupId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
