package io.witan.models.registry;

import io.witan.identity.PersonId;
import io.witan.shared.Audited;
import org.jspecify.annotations.Nullable;

/** An adapter and its file were removed; null actor: command line. */
public record AdapterRemoved(@Nullable PersonId by, ModelId id, String name) implements Audited {
  @Override
  public Entry audited() {
    return new Entry(
        by == null ? null : by.value(), "adapter-removed", new Subject("MODEL", id.value(), name));
  }
}
