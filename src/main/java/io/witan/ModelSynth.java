package io.witan;

import io.witan.engine.SyntheticModels;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a random-weight model. */
@Command(name = "synth", description = "Write a random-weight model of a given shape, to measure.")
final class ModelSynth implements Callable<Integer> {
  @Parameters(paramLabel = "OUT", description = "The GGUF file to write.")
  private Path out = Path.of(".");

  @Option(
      names = "--arch",
      defaultValue = "dbrx",
      description = "dbrx, llama, mixtral, qwen2moe or qwen3moe (default: ${DEFAULT-VALUE}).")
  private String architecture = "dbrx";

  @Option(names = "--layers", defaultValue = "24", description = "Layers (${DEFAULT-VALUE}).")
  private int layers = 24;

  @Option(
      names = "--width",
      defaultValue = "1024",
      description = "Width, a multiple of 256 (${DEFAULT-VALUE}).")
  private int width = 1024;

  @Option(
      names = "--experts",
      defaultValue = "16",
      description = "Experts of a layer, 0 for a dense llama (${DEFAULT-VALUE}).")
  private int experts = 16;

  @Option(
      names = "--used",
      defaultValue = "4",
      description = "Experts that each token meets (${DEFAULT-VALUE}).")
  private int used = 4;

  @Option(
      names = "--format",
      defaultValue = "q8_0",
      description = "f32, f16, bf16, q8_0, q4_0, q4_k or q6_k (${DEFAULT-VALUE}).")
  private String format = "q8_0";

  @Option(names = "--seed", defaultValue = "0", description = "The same seed, the same file.")
  private long seed;

  @Override
  public Integer call() {
    SyntheticModels.write(out, architecture, layers, width, experts, used, format, seed);
    return 0;
  }
}
