package io.witan.assistants;

import java.util.UUID;

/** Identifies an assistant, whatever its version. */
public record AssistantId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
