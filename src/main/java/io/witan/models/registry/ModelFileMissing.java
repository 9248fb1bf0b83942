package io.witan.models.registry;

import io.witan.shared.Failure;

/** The model was added, but its file is not on this machine. */
public final class ModelFileMissing extends Failure {
  private static final long serialVersionUID = 1L;

  public ModelFileMissing(String name) {
    super(
        "model-file-missing",
        Kind.CONFLICT,
        "File of the model is missing",
        "The file of “" + name + "” is not on this machine; add the same file again.");
  }
}
