package io.witan.models.remote;

import io.witan.identity.PersonId;
import io.witan.shared.Audited;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A remote generator and its key were removed. */
public record RemoteRemoved(@Nullable PersonId by, UUID id, String name) implements Audited {
  @Override
  public Entry audited() {
    return new Entry(
        by == null ? null : by.value(),
        "remote-generator-removed",
        new Subject("REMOTE_GENERATOR", id, name));
  }
}
