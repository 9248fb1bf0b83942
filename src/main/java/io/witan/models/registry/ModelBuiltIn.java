package io.witan.models.registry;

import io.witan.shared.Failure;

/** The model belongs to the program, and cannot be removed from it. */
public final class ModelBuiltIn extends Failure {
  private static final long serialVersionUID = 1L;

  ModelBuiltIn(String name) {
    super(
        "model-built-in",
        Kind.CONFLICT,
        "Model is built in",
        "“" + name + "” comes with Witan and cannot be removed; deactivate it to get quotes.");
  }
}
