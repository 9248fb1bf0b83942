package io.witan;

import io.witan.engine.EngineOptions;
import io.witan.engine.LanguageModel;
import io.witan.engine.ModelBenchmark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Measures how fast a model runs here. */
@Command(
    name = "bench",
    description = {
      "Measure reading a prompt and generating, alone and several sequences together: tokens a",
      "second and tokens a second of processor time (medians), load time, peak memory.",
      "One sequence generates after the prompt, several from an empty context. At the positions of",
      "--context one sequence generates over a cache that was taken but not computed.",
      "On a device (--backend tornado) also what it reads of its memory in a second, what starting",
      "kernels costs, and how much of that one sequence's steps use.",
      "With --serving all goes through the server that shares a model among people: as many"
          + " streams",
      "at once as --parallel says, each with its own prompt, and at --context the same person's",
      "second question over the same context: time to first token and tokens a second."
    })
final class ModelBench implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "A GGUF file; of a split one the first part.")
  private Path path = Path.of(".");

  @Option(
      names = "--prompt-tokens",
      defaultValue = "512",
      description = "Tokens of the prompt (default: ${DEFAULT-VALUE}).")
  private int promptTokens = 512;

  @Option(
      names = "--generate-tokens",
      defaultValue = "128",
      description = "Tokens each sequence generates (default: ${DEFAULT-VALUE}).")
  private int generateTokens = 128;

  @Option(
      names = "--parallel",
      split = ",",
      defaultValue = "1",
      description = "Sequences that generate together (default: ${DEFAULT-VALUE}).")
  private List<Integer> parallel = List.of(1);

  @Option(
      names = "--context",
      split = ",",
      description = "Also generate after so many positions, such as 1024,8192,32768.")
  private List<Integer> positions = List.of();

  @Option(names = "--threads", split = ",", description = "Threads (default: all processors).")
  private @Nullable List<Integer> threads;

  @Option(
      names = "--repetitions",
      defaultValue = "3",
      description = "Runs of each, after one to warm up (default: ${DEFAULT-VALUE}).")
  private int repetitions = 3;

  @Option(
      names = "--serving",
      description = "Measure through the batching server; --context is read, not only taken.")
  private boolean serving;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Mixin private EngineFlags flags = new EngineFlags();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (serving) {
      return new ModelBenchServing(path, promptTokens, generateTokens, parallel, positions)
          .run(flags.options(), threads, repetitions, json, spec.commandLine().getOut());
    }
    var base = flags.options();
    var counts = threads == null ? List.of(base.threads()) : threads;
    var all = new ArrayList<ModelBenchmark.Result>();
    var later = new ArrayList<ModelBenchmark.AtPosition>();
    double loadSeconds = 0;
    DeviceReport device = null;
    for (int count : counts) {
      long start = System.nanoTime();
      try (var model = LanguageModel.load(path, roomy(base).withThreads(count))) {
        double took = (System.nanoTime() - start) / 1e9;
        loadSeconds = Math.max(loadSeconds, took);
        var benchmark = new ModelBenchmark(model, repetitions);
        for (int sequences : parallel) {
          all.add(benchmark.run(count, promptTokens, generateTokens, sequences));
        }
        for (int position : positions) {
          later.add(benchmark.runAt(count, position, generateTokens));
        }
        device = DeviceReport.of(model, path);
      }
    }
    print(all, later, loadSeconds, device);
    return 0;
  }

  /** Room for all sequences at their longest. */
  private EngineOptions roomy(EngineOptions options) {
    int furthest = Math.max(promptTokens, largest(positions));
    int tokens = furthest + generateTokens + 64;
    return options
        .withContextTokens(tokens)
        .withCacheTokens(tokens + largest(parallel) * (generateTokens + 64));
  }

  private static int largest(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  private void print(
      List<ModelBenchmark.Result> results,
      List<ModelBenchmark.AtPosition> later,
      double loadSeconds,
      @Nullable DeviceReport device) {
    var out = spec.commandLine().getOut();
    long peak = ModelBenchmark.peakResidentBytes();
    if (json) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("file", path.toString());
      all.put("loadSeconds", loadSeconds);
      all.put("peakResidentBytes", peak);
      all.put("results", results);
      all.put("atPositions", later);
      if (device != null) {
        all.put("device", device);
      }
      out.println(JsonMapper.builder().build().writeValueAsString(all));
      return;
    }
    out.printf("load %.2f s, peak memory %,d MB%n", loadSeconds, peak / 1_000_000);
    out.println("threads  sequences  prompt tok/s (per CPU-s)  generated tok/s (per CPU-s)");
    for (var result : results) {
      out.printf(
          "%7d  %9d  %12.1f %11.1f  %15.1f %11.1f%n",
          result.threads(),
          result.sequences(),
          result.promptPerSecond(),
          result.promptPerCpuSecond(),
          result.generatedPerSecond(),
          result.generatedPerCpuSecond());
    }
    if (!later.isEmpty()) {
      out.println("threads   position  generated tok/s (per CPU-s)  ms a token");
    }
    for (var result : later) {
      out.printf(
          "%7d  %9d  %15.1f %11.1f  %10.1f%n",
          result.threads(),
          result.position(),
          result.generatedPerSecond(),
          result.generatedPerCpuSecond(),
          1000 / result.generatedPerSecond());
    }
    if (device != null) {
      device.print(out, results, later);
    }
  }
}
