package io.witan.models.remote;

import io.witan.shared.Failure;

/** The remote generator does not take the key. */
public final class RemoteUnauthorised extends Failure {
  private static final long serialVersionUID = 1L;

  RemoteUnauthorised(String host) {
    super(
        "remote-unauthorised",
        Kind.UNAVAILABLE,
        "The remote model refuses the key",
        "%s refuses the key that was given for it. An administrator has to remove the remote model and add it with a valid key."
            .formatted(host));
  }
}
