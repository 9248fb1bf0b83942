package io.witan.engine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Measures a loaded model on random tokens. */
public final class ModelBenchmark {
  private final LanguageModel model;
  private final int repetitions;
  private final Random random = new Random(1);

  public ModelBenchmark(LanguageModel model, int repetitions) {
    this.model = model;
    this.repetitions = Math.max(1, repetitions);
  }

  /**
   * Medians, in tokens.
   *
   * @param promptPerCpuSecond per second of processor time, of all threads together
   * @param generatedPerSecond of all sequences together
   */
  public record Result(
      int threads,
      int sequences,
      int promptTokens,
      int generatedTokens,
      double promptPerSecond,
      double promptPerCpuSecond,
      double generatedPerSecond,
      double generatedPerCpuSecond) {}

  /**
   * Medians of generating after {@code position} others, alone.
   *
   * @param position tokens before the first that was generated
   */
  public record AtPosition(
      int threads,
      int position,
      int generatedTokens,
      double generatedPerSecond,
      double generatedPerCpuSecond) {}

  /** Seconds on the clock and of processor time. */
  private record Duration(double seconds, double cpuSeconds) {
    static Duration of(Runnable work) {
      long start = System.nanoTime();
      double cpu = processorSeconds();
      work.run();
      return new Duration((System.nanoTime() - start) / 1e9, processorSeconds() - cpu);
    }
  }

  /**
   * Runs once to warm up and then measures.
   *
   * @param threads what the model was loaded with; for the report
   */
  public Result run(int threads, int promptTokens, int generatedTokens, int sequences) {
    int runs = repetitions + 1;
    var prompts = new Duration[runs];
    var generated = new Duration[runs];
    for (int i = 0; i < runs; i++) {
      var sessions = new ArrayList<Session>();
      for (int j = 0; j < sequences; j++) {
        sessions.add(model.newSession());
      }
      int[] prompt = tokens(promptTokens);
      prompts[i] = Duration.of(() -> sessions.getFirst().append(prompt));
      if (sequences > 1) {
        sessions.getFirst().truncate(0);
      }
      generated[i] = Duration.of(() -> generate(sessions, generatedTokens));
      sessions.forEach(Session::close);
    }
    int all = generatedTokens * sequences;
    return new Result(
        threads,
        sequences,
        promptTokens,
        generatedTokens,
        promptTokens / median(prompts, false),
        promptTokens / median(prompts, true),
        all / median(generated, false),
        all / median(generated, true));
  }

  /**
   * Generates at a position, once to warm up and then to measure. The cache before it is taken but
   * not computed: attention takes as long for any keys and values.
   *
   * @param threads what the model was loaded with; for the report
   */
  public AtPosition runAt(int threads, int position, int generatedTokens) {
    var generated = new Duration[repetitions + 1];
    try (var session = model.newSession()) {
      session.skip(position);
      for (int i = 0; i < generated.length; i++) {
        session.truncate(position);
        generated[i] = Duration.of(() -> generate(List.of(session), generatedTokens));
      }
    }
    return new AtPosition(
        threads,
        position,
        generatedTokens,
        generatedTokens / median(generated, false),
        generatedTokens / median(generated, true));
  }

  private void generate(List<Session> sessions, int count) {
    for (int i = 0; i < count; i++) {
      model.advance(sessions, tokens(sessions.size()));
    }
  }

  private int[] tokens(int count) {
    return random.ints(count, 0, model.description().vocabulary()).toArray();
  }

  /** Without the first run. */
  private static double median(Duration[] runs, boolean cpu) {
    double[] sorted =
        Arrays.stream(runs)
            .skip(1)
            .mapToDouble(run -> cpu ? run.cpuSeconds() : run.seconds())
            .sorted()
            .toArray();
    return sorted[sorted.length / 2];
  }

  private static double processorSeconds() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime() / 1e9
        : Double.NaN;
  }

  /** The most memory this process had resident; 0 where the system does not say. */
  public static long peakResidentBytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    } catch (IOException unknown) {
      return 0;
    }
    return 0;
  }
}
