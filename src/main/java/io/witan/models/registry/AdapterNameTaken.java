package io.witan.models.registry;

import io.witan.shared.Failure;

/** The model has an adapter of that name or content. */
public final class AdapterNameTaken extends Failure {
  private static final long serialVersionUID = 1L;

  AdapterNameTaken(String model, String name) {
    super(
        "adapter-name-taken",
        Kind.CONFLICT,
        "Adapter is there already",
        "“%s” has an adapter “%s” of that name or content.".formatted(model, name));
  }
}
