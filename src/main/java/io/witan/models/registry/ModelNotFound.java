package io.witan.models.registry;

import io.witan.shared.Failure;

/** No model of that name or id was added. */
public final class ModelNotFound extends Failure {
  private static final long serialVersionUID = 1L;

  ModelNotFound(String nameOrId) {
    super(
        "model-not-found",
        Kind.NOT_FOUND,
        "Model not found",
        "There is no model “" + nameOrId + "”; list the models to see their names.");
  }
}
