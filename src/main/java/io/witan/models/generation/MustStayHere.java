package io.witan.models.generation;

import io.witan.shared.Failure;

/** A prompt of which nobody has said that it may leave the machine; it has not. */
public final class MustStayHere extends Failure {
  private static final long serialVersionUID = 1L;

  public MustStayHere() {
    super(
        "must-stay-here",
        Kind.NOT_ALLOWED,
        "The text may not leave this machine",
        "The active model runs elsewhere, and this text may not be sent to it.");
  }
}
