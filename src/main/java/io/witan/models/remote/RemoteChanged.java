package io.witan.models.remote;

import io.witan.identity.PersonId;
import io.witan.shared.Audited;
import java.util.UUID;

/** A remote generator that does not answer now was changed: its name, address, model or key. */
public record RemoteChanged(PersonId by, UUID id, String name) implements Audited {
  @Override
  public Entry audited() {
    return new Entry(
        by.value(), "remote-generator-changed", new Subject("REMOTE_GENERATOR", id, name));
  }
}
