package io.witan.models.intake;

import io.witan.shared.Failure;
import java.util.UUID;

/** No such file is on its way. */
public final class IncomingNotFound extends Failure {
  private static final long serialVersionUID = 1L;

  public IncomingNotFound(UUID id) {
    super(
        "incoming-model-not-found",
        Kind.NOT_FOUND,
        "Not on its way",
        "No model file " + id + " is on its way here; it may have been discarded.");
  }
}
