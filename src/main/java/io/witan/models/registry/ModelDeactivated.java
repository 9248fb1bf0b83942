package io.witan.models.registry;

import io.witan.identity.PersonId;
import io.witan.shared.Audited;
import org.jspecify.annotations.Nullable;

/** Answers are quotes from now on; null actor: command line. */
public record ModelDeactivated(@Nullable PersonId by, ModelId id, String name, boolean remote)
    implements Audited {
  @Override
  public Entry audited() {
    return new Entry(
        by == null ? null : by.value(),
        remote ? "remote-generator-deactivated" : "model-deactivated",
        new Subject(remote ? "REMOTE_GENERATOR" : "MODEL", id.value(), name));
  }
}
