package io.witan.models.remote;

import io.witan.identity.PersonId;
import io.witan.shared.Audited;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A remote generator shall answer from now on: text leaves the machine. */
public record RemoteActivated(@Nullable PersonId by, UUID id, String name) implements Audited {
  @Override
  public Entry audited() {
    return new Entry(
        by == null ? null : by.value(),
        "remote-generator-activated",
        new Subject("REMOTE_GENERATOR", id, name));
  }
}
