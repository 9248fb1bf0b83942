package io.witan.models.generation;

import io.witan.shared.Failure;

/** The generator was replaced or stopped before it took the request. */
public final class GeneratorGone extends Failure {
  private static final long serialVersionUID = 1L;

  public GeneratorGone() {
    super(
        "generator-gone",
        Kind.UNAVAILABLE,
        "The model is being changed",
        "The model was replaced or stopped at this moment; ask again.");
  }
}
