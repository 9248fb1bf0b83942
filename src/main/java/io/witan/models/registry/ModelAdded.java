package io.witan.models.registry;

import io.witan.identity.PersonId;
import io.witan.shared.Audited;
import org.jspecify.annotations.Nullable;

/** A model was added; null actor: command line. */
public record ModelAdded(@Nullable PersonId by, ModelId id, String name, String sha256)
    implements Audited {
  @Override
  public Entry audited() {
    return new Entry(
        by == null ? null : by.value(),
        "model-added",
        new Subject("MODEL", id.value(), name),
        Fact.of("sha256", sha256));
  }
}
