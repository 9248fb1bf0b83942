package io.witan.models.registry;

import io.witan.shared.Failure;

/** The file is no model that the engine can run. */
public final class UnusableModel extends Failure {
  private static final long serialVersionUID = 1L;

  UnusableModel(String fileName, String cause) {
    super(
        "unusable-model",
        Kind.UNSUPPORTED,
        "Unusable model",
        fileName + " cannot be used: " + cause + ". Nothing was added.");
  }
}
