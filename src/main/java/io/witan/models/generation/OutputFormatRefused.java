package io.witan.models.generation;

import io.witan.shared.Failure;

/** A model cannot be held to the form that was asked for. */
public final class OutputFormatRefused extends Failure {
  private static final long serialVersionUID = 1L;

  public OutputFormatRefused(String reason) {
    super(
        "output-format-refused",
        Kind.INVALID,
        "The model cannot be held to this form",
        "The model cannot be held to this form: %s.".formatted(reason));
  }
}
