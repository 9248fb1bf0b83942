package io.witan;

import io.witan.engine.EngineOptions;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The options of all commands that run a model. */
final class EngineFlags {
  @Option(
      names = "--backend",
      defaultValue = "cpu",
      description = "cpu, cpu-scalar (the slow reference) or tornado (default: ${DEFAULT-VALUE}).")
  private String backend = "cpu";

  @Option(
      names = "--kv",
      defaultValue = "f16",
      description = "Keys and values are kept as f16 or f32 (default: ${DEFAULT-VALUE}).")
  private String kv = "f16";

  EngineOptions options() {
    return EngineOptions.defaults().withBackend(backend).withHalfCache(isHalf());
  }

  private boolean isHalf() {
    return switch (kv.toLowerCase(Locale.ROOT)) {
      case "f16" -> true;
      case "f32" -> false;
      default -> throw new CommandProblem("--kv is f16 or f32, not " + kv);
    };
  }
}
