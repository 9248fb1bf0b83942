package io.witan.models.registry;

import io.witan.shared.Failure;
import java.util.Map;

/** The same file was added before. */
public final class ModelAlreadyAdded extends Failure {
  private static final long serialVersionUID = 1L;

  private final String id;

  ModelAlreadyAdded(RegisteredModel model) {
    super(
        "model-already-added",
        Kind.CONFLICT,
        "Model already added",
        "This very file is there already, as “" + model.name() + "”.");
    this.id = model.id().toString();
  }

  @Override
  public Map<String, Object> members() {
    return Map.of("modelId", id);
  }
}
