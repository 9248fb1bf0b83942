package io.witan.models.registry;

import io.witan.shared.Failure;

/** Two models cannot have one name, or people could not tell them apart. */
public final class ModelNameTaken extends Failure {
  private static final long serialVersionUID = 1L;

  public ModelNameTaken(String name) {
    super(
        "model-name-taken",
        Kind.CONFLICT,
        "Name already used",
        "There is already a model called “" + name + "”; choose another name.");
  }
}
