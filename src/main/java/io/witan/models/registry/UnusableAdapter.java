package io.witan.models.registry;

import io.witan.shared.Failure;

/** The file is no adapter, or not one of the model. */
public final class UnusableAdapter extends Failure {
  private static final long serialVersionUID = 1L;

  UnusableAdapter(String fileName, String cause) {
    super(
        "unusable-adapter",
        Kind.UNSUPPORTED,
        "Unusable adapter",
        fileName + " cannot be used: " + cause + ". Nothing was added.");
  }
}
