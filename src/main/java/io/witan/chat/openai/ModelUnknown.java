package io.witan.chat.openai;

import io.witan.shared.Failure;

/** No model of that name can do what was asked. */
final class ModelUnknown extends Failure {
  private static final long serialVersionUID = 1L;

  ModelUnknown(String name, String present) {
    super(
        "model-unknown",
        Kind.NOT_FOUND,
        "Model unknown",
        "The model `%s` does not exist or cannot do this. There is: %s".formatted(name, present));
  }
}
