package io.witan.models.remote;

import io.witan.shared.Failure;

/** The stream ended in the middle of an answer. */
public final class RemoteBrokeOff extends Failure {
  private static final long serialVersionUID = 1L;

  RemoteBrokeOff(String host) {
    super(
        "remote-broke-off",
        Kind.UNAVAILABLE,
        "The remote model broke off",
        "%s stopped before the answer was complete; ask again.".formatted(host));
  }
}
