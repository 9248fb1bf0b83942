package io.witan.models.registry;

import io.witan.identity.PersonId;
import io.witan.shared.Audited;
import org.jspecify.annotations.Nullable;

/** Answers are quotes from now on; null actor: command line. */
public record ModelDeactivated(@Nullable PersonId by, ModelId id, String name) implements Audited {
  @Override
  public Entry audited() {
    return new Entry(
        by == null ? null : by.value(),
        "model-deactivated",
        new Subject("MODEL", id.value(), name));
  }
}
