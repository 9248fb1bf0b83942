package io.witan.models.remote;

import io.witan.shared.Failure;

/** The key was sealed with another secret, or for another address. */
public final class RemoteKeyUnreadable extends Failure {
  private static final long serialVersionUID = 1L;

  RemoteKeyUnreadable(String name) {
    super(
        "remote-key-unreadable",
        Kind.UNAVAILABLE,
        "The stored key cannot be read",
        "The key of “%s” was stored with another secret. Set witan.secret-key to the former one, or remove the remote model and add it again."
            .formatted(name));
  }
}
