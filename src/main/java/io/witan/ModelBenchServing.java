package io.witan;

import io.witan.engine.EngineOptions;
import io.witan.engine.LanguageModel;
import io.witan.engine.ModelBenchmark;
import io.witan.engine.serving.ServingBenchmark;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What {@code model bench --serving} measures and prints. */
record ModelBenchServing(
    Path path,
    int promptTokens,
    int generateTokens,
    List<Integer> parallel,
    List<Integer> contexts) {

  /** One number of threads. */
  private record Run(
      int threads, List<ServingBenchmark.Streams> streams, List<ServingBenchmark.Again> contexts) {}

  int run(
      EngineOptions base,
      @Nullable List<Integer> threads,
      int repetitions,
      boolean json,
      PrintWriter out) {
    var runs = new ArrayList<Run>();
    for (int count : threads == null ? List.of(base.threads()) : threads) {
      try (var model = LanguageModel.load(path, roomy(base).withThreads(count))) {
        var benchmark = new ServingBenchmark(model, repetitions);
        var streams = new ArrayList<ServingBenchmark.Streams>();
        for (int many : parallel) {
          streams.add(benchmark.streams(many, promptTokens, generateTokens));
        }
        var again = new ArrayList<ServingBenchmark.Again>();
        for (int tokens : contexts) {
          again.add(benchmark.again(tokens));
        }
        runs.add(new Run(count, streams, again));
      }
    }
    if (json) {
      printJson(runs, out);
    } else {
      print(runs, out);
    }
    return 0;
  }

  /** Room for all streams at once, and for two questions over the longest context. */
  private EngineOptions roomy(EngineOptions options) {
    int longest = contexts.stream().mapToInt(Integer::intValue).max().orElse(0);
    int many = parallel.stream().mapToInt(Integer::intValue).max().orElse(1);
    int one = promptTokens + generateTokens;
    int furthest = Math.max(one, longest + ServingBenchmark.QUESTION_TOKENS) + 64;
    long streams = (long) many * (one + 64);
    long both = longest + 2L * (ServingBenchmark.QUESTION_TOKENS + 64);
    return options
        .withContextTokens(furthest)
        .withCacheTokens(Math.toIntExact(Math.max(furthest, Math.max(streams, both)) + 128));
  }

  private void printJson(List<Run> runs, PrintWriter out) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("file", path.toString());
    all.put("peakResidentBytes", ModelBenchmark.peakResidentBytes());
    all.put("runs", runs);
    out.println(JsonMapper.builder().build().writeValueAsString(all));
  }

  private void print(List<Run> runs, PrintWriter out) {
    out.printf("peak memory %,d MB%n", ModelBenchmark.peakResidentBytes() / 1_000_000);
    out.println("threads  streams  first token ms (last one's)  generated tok/s of all");
    for (var run : runs) {
      for (var it : run.streams()) {
        out.printf(
            "%7d  %7d  %14.1f %12.1f  %22.1f%n",
            run.threads(),
            it.streams(),
            it.firstTokenMillis(),
            it.lastFirstTokenMillis(),
            it.generatedPerSecond());
      }
    }
    if (!contexts.isEmpty()) {
      out.println("threads  context  first token ms  second question ms  ratio  tokens reused");
    }
    for (var run : runs) {
      for (var it : run.contexts()) {
        out.printf(
            "%7d  %7d  %14.1f  %18.1f  %5.3f  %13d%n",
            run.threads(),
            it.contextTokens(),
            it.firstTokenMillis(),
            it.secondQuestionMillis(),
            it.ratio(),
            it.reusedTokens());
      }
    }
  }
}
