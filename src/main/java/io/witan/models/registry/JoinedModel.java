package io.witan.models.registry;

import io.witan.engine.EngineException;
import io.witan.engine.ModelParts;
import io.witan.shared.InvalidInput;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** One file made of the parts of a model that came one by one. */
public final class JoinedModel {
  private JoinedModel() {}

  /**
   * @throws InvalidInput if a SHA-256 is wanted: of parts each has its own, and what is joined is
   *     another file
   */
  public static void requireNoChecksum(ModelRegistry.Wanted wanted) {
    if (wanted.sha256() != null) {
      throw new InvalidInput(
          "sha256", "cannot be given for a model in several parts, for each has its own");
    }
  }

  /**
   * Writes a file that {@link ModelRegistry#adopt} may take; it is there whole or not at all.
   *
   * @param first of the parts, which lie beside each other
   * @param fileName that people know
   * @param progress told how many bytes are written
   * @throws UnusableModel if they are no parts of one model, or it cannot be written
   */
  public static void write(Path first, Path out, String fileName, LongConsumer progress) {
    try {
      ModelParts.of(first)
          .orElseThrow(() -> new IllegalArgumentException(first + " is no part"))
          .join(out, progress);
    } catch (EngineException unfit) {
      throw new UnusableModel(fileName, String.valueOf(unfit.getMessage()));
    }
  }
}
