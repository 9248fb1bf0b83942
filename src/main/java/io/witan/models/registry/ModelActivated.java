package io.witan.models.registry;

import io.witan.identity.PersonId;
import io.witan.shared.Audited;
import org.jspecify.annotations.Nullable;

/** A model shall answer from now on; null actor: command line. */
public record ModelActivated(@Nullable PersonId by, ModelId id, String name) implements Audited {
  @Override
  public Entry audited() {
    return new Entry(
        by == null ? null : by.value(), "model-activated", new Subject("MODEL", id.value(), name));
  }
}
