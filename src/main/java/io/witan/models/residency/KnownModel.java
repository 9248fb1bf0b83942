package io.witan.models.residency;

import io.witan.models.registry.RegisteredModel;
import io.witan.models.remote.RemoteGenerator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A model that answers or shall answer, here or elsewhere.
 *
 * @param host where text goes; null if it stays here
 */
public record KnownModel(UUID id, String name, boolean chatTemplate, @Nullable String host) {
  static KnownModel of(RegisteredModel model) {
    return new KnownModel(model.id(), model.name(), model.chatTemplate(), null);
  }

  static KnownModel of(RemoteGenerator remote) {
    return new KnownModel(remote.id(), remote.name(), true, remote.host());
  }
}
