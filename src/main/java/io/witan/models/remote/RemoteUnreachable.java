package io.witan.models.remote;

import io.witan.shared.Failure;

/** There is no connection to the remote generator. */
public final class RemoteUnreachable extends Failure {
  private static final long serialVersionUID = 1L;

  RemoteUnreachable(String host, String cause) {
    super(
        "remote-unreachable",
        Kind.UNAVAILABLE,
        "The remote model cannot be reached",
        "%s cannot be reached: %s. An administrator can test the connection on the page Models."
            .formatted(host, cause));
  }
}
