package io.witan.models.registry;

import io.witan.identity.PersonId;
import io.witan.shared.Audited;
import org.jspecify.annotations.Nullable;

/** An adapter was added to a model; null actor: command line. */
public record AdapterAdded(@Nullable PersonId by, ModelId id, String name) implements Audited {
  @Override
  public Entry audited() {
    return new Entry(
        by == null ? null : by.value(), "adapter-added", new Subject("MODEL", id.value(), name));
  }
}
