package io.witan.catalogue;

import io.witan.shared.Failure;

/** There is a sample collection already. */
public final class SampleExists extends Failure {
  private static final long serialVersionUID = 1L;

  public SampleExists() {
    super(
        "sample-exists",
        Kind.CONFLICT,
        "Sample exists",
        "This installation has a sample collection.");
  }
}
