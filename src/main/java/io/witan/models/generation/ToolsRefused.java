package io.witan.models.generation;

import io.witan.shared.Failure;

/** The model calls no functions, or not these. */
public final class ToolsRefused extends Failure {
  private static final long serialVersionUID = 1L;

  public ToolsRefused(String model, String reason) {
    super(
        "tools-refused",
        Kind.INVALID,
        "The model cannot call these functions",
        "“%s” cannot call these functions: %s.".formatted(model, reason));
  }
}
