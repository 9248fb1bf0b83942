package io.witan.models.registry;

import io.witan.shared.Failure;

/** The model has no adapter of that name, or there is none of that id. */
public final class AdapterNotFound extends Failure {
  private static final long serialVersionUID = 1L;

  public AdapterNotFound(String nameOrId) {
    super(
        "adapter-not-found",
        Kind.NOT_FOUND,
        "Adapter not found",
        "There is no adapter “" + nameOrId + "”; list the model's adapters to see their names.");
  }
}
