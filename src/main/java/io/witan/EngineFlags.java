package io.witan;

import io.witan.engine.EngineOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of all commands that run a model. */
final class EngineFlags {
  @Option(
      names = "--backend",
      defaultValue = "cpu",
      description =
          "auto (a GPU if there is one), cpu, cpu-scalar (the slow reference) or tornado"
              + " (default: ${DEFAULT-VALUE}).")
  private String backend = "cpu";

  @Option(
      names = "--device",
      description =
          "TornadoVM's device: its number or a part of its name (default: the first GPU).")
  private @Nullable String device;

  @Option(
      names = "--device-memory",
      defaultValue = "0",
      description = "Megabytes that may be taken there (default: nine tenths of what it has).")
  private long deviceMegabytes;

  @Option(
      names = "--kv",
      defaultValue = "f16",
      description = "Keys and values are kept as f16, f32 or q8_0 (default: ${DEFAULT-VALUE}).")
  private String kv = "f16";

  EngineOptions options() {
    return EngineOptions.defaults()
        .on(backend, device, deviceMegabytes * 1_000_000)
        .withCacheFormat(kv);
  }
}
