package io.witan.models.intake;

import io.witan.shared.Failure;

/** What comes does not begin like a model. */
public final class NotGguf extends Failure {
  private static final long serialVersionUID = 1L;

  NotGguf(String fileName) {
    super(
        "not-gguf",
        Kind.UNSUPPORTED,
        "No GGUF file",
        "%s does not begin like a GGUF file. An address may be that of a page about the file instead of the file's own."
            .formatted(fileName));
  }
}
