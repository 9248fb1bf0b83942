package io.witan.engine;

import io.witan.engine.synthesis.ModelShape;
import io.witan.engine.synthesis.SyntheticModel;
import io.witan.engine.tensor.TensorFormat;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes random-weight models of a given shape, to measure with. */
public final class SyntheticModels {
  /** Not an architecture of files: they call it {@code llama} and it has experts. */
  private static final String MIXTRAL = "mixtral";

  private SyntheticModels() {}

  /**
   * Writes one.
   *
   * @param architecture a family of the engine's, or {@code mixtral}, which is llama with experts
   * @param format a format's name in any case, such as {@code q8_0}
   * @throws EngineException if the architecture, the format or the shape is not possible
   */
  public static void write(
      Path path,
      String architecture,
      int layers,
      int width,
      int experts,
      int used,
      String format,
      long seed) {
    boolean mixtral = architecture.equals(MIXTRAL);
    if (mixtral && experts == 0) {
      throw new EngineException.Unsupported(MIXTRAL + " has experts");
    }
    ModelShape shape;
    try {
      String family = mixtral ? "llama" : architecture;
      shape = new ModelShape(family, layers, width, experts, used, formatOf(format), seed);
    } catch (IllegalArgumentException impossible) {
      throw new EngineException.Unsupported(String.valueOf(impossible.getMessage()));
    }
    SyntheticModel.write(shape, path);
  }

  private static TensorFormat formatOf(String name) {
    for (var format : TensorFormat.values()) {
      if (format.name().equals(name.toUpperCase(Locale.ROOT))) {
        return format;
      }
    }
    throw new EngineException.Unsupported(
        "no format %s; there are: %s"
            .formatted(
                name,
                Arrays.stream(TensorFormat.values())
                    .map(each -> each.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "))));
  }
}
