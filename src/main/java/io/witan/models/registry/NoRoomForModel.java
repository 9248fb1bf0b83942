package io.witan.models.registry;

import io.witan.shared.Failure;

/** The state directory's disk has no room for the file. */
public final class NoRoomForModel extends Failure {
  private static final long serialVersionUID = 1L;

  /**
   * @param needed bytes
   * @param free bytes
   */
  public NoRoomForModel(long needed, long free) {
    super(
        "no-room-for-model",
        Kind.UNAVAILABLE,
        "No room for the model",
        "The model takes %,d MB and the disk of the state directory has %,d MB left; make room there."
            .formatted(needed / 1_000_000, free / 1_000_000));
  }
}
