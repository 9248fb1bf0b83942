package io.witan.models.intake;

import io.witan.shared.Failure;

/** So many files wait or come already that another one would be too many. */
public final class TooManyIncoming extends Failure {
  private static final long serialVersionUID = 1L;

  TooManyIncoming(int most) {
    super(
        "too-many-incoming-models",
        Kind.CONFLICT,
        "Too many model files on their way",
        "%d files of models are on their way or have failed; wait for them or discard some."
            .formatted(most));
  }
}
