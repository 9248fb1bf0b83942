package io.witan.models.residency;

import io.witan.shared.Failure;

/** The engine could not load the model. */
public final class ModelNotLoaded extends Failure {
  private static final long serialVersionUID = 1L;

  ModelNotLoaded(String name, Throwable cause) {
    super(
        "model-not-loaded",
        Kind.UNAVAILABLE,
        "The model could not be loaded",
        "“%s” could not be loaded: %s. What was active before stays active."
            .formatted(name, reason(cause)));
    initCause(cause);
  }

  private static String reason(Throwable cause) {
    return cause instanceof OutOfMemoryError
        ? "Java has too little memory"
        : String.valueOf(cause.getMessage());
  }
}
