package io.witan.documents;

import io.witan.shared.Failure;

/** There is a sample collection already. */
public final class SampleExists extends Failure {
  private static final long serialVersionUID = 1L;

  public SampleExists() {
    super(
        "sample-exists",
        Kind.CONFLICT,
        "Sample collection exists",
        "The sample collection is already there; delete it first to make it anew.");
  }
}
