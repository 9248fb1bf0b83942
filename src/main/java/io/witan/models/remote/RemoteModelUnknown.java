package io.witan.models.remote;

import io.witan.shared.Failure;

/** The remote generator has no such model, or the address has another path. */
public final class RemoteModelUnknown extends Failure {
  private static final long serialVersionUID = 1L;

  RemoteModelUnknown(String host, String model) {
    super(
        "remote-model-unknown",
        Kind.UNAVAILABLE,
        "The remote model does not exist",
        "%s knows no model “%s”, or nothing is at that address. An administrator has to check both on the page Models."
            .formatted(host, model));
  }
}
