package io.witan.models.generation;

import io.witan.shared.Failure;

/** A model was asked for while none is active. */
public final class NoGenerator extends Failure {
  private static final long serialVersionUID = 1L;

  public NoGenerator() {
    super(
        "no-generator",
        Kind.UNAVAILABLE,
        "No model is active",
        "No text-generating model is active. An administrator can activate one on the page Models"
            + " or with `witan model activate`; the model \"witan\" answers from documents meanwhile.");
  }
}
