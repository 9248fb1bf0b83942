package io.witan;

import io.witan.engine.EngineOptions;
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
      description = "Keys and values are kept as f16, f32 or q8_0 (default: ${DEFAULT-VALUE}).")
  private String kv = "f16";

  EngineOptions options() {
    return EngineOptions.defaults().withBackend(backend).withCacheFormat(kv);
  }
}
