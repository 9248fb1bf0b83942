package io.witan.documents;

import io.witan.shared.Failure;

/** Only a failed document can be tried again. */
public final class NothingToRetry extends Failure {
  private static final long serialVersionUID = 1L;

  public NothingToRetry(String title) {
    super(
        "nothing-to-retry",
        Kind.CONFLICT,
        "Nothing to retry",
        "“%s” has not failed; only a failed document can be tried again.".formatted(title));
  }
}
