package io.witan.models.registry;

import io.witan.shared.Failure;

/** The model answers questions now, and cannot be removed under them. */
public final class ModelActive extends Failure {
  private static final long serialVersionUID = 1L;

  public ModelActive(String name) {
    super(
        "model-active",
        Kind.CONFLICT,
        "Model is active",
        "“" + name + "” is the active model; activate another one or deactivate it first.");
  }
}
