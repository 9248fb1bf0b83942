package io.witan.models.remote;

import io.witan.shared.Failure;

/** The remote generator takes the key, but not the request. */
public final class RemoteRefused extends Failure {
  private static final long serialVersionUID = 1L;

  RemoteRefused(String host, String said) {
    super(
        "remote-refused",
        Kind.UNAVAILABLE,
        "The remote model refuses the request",
        "%s refuses: %s".formatted(host, said));
  }
}
