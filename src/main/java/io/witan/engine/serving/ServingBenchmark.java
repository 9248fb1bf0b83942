package io.witan.engine.serving;

import io.witan.engine.LanguageModel;
import io.witan.engine.SamplingOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Measures a loaded model as a server shares it, on random tokens; times are medians. */
public final class ServingBenchmark {
  /** Tokens of a question after the context that it is about. */
  public static final int QUESTION_TOKENS = 32;

  private static final Duration PATIENCE = Duration.ofHours(1);

  private final LanguageModel model;
  private final int repetitions;
  private final Random random = new Random(1);

  public ServingBenchmark(LanguageModel model, int repetitions) {
    this.model = model;
    this.repetitions = Math.max(1, repetitions);
  }

  /**
   * Requests that come at once.
   *
   * @param firstTokenMillis of the request that waited as long as half of them
   * @param lastFirstTokenMillis of the one that waited longest
   * @param generatedPerSecond tokens of all streams together, from the first one's first token to
   *     the last token
   */
  public record Streams(
      int streams,
      int promptTokens,
      int generatedTokens,
      double firstTokenMillis,
      double lastFirstTokenMillis,
      double generatedPerSecond) {}

  /**
   * Two questions of one person about the same context, one after the other.
   *
   * @param ratio of the second one's time to its first token to the first one's
   */
  public record Again(
      int contextTokens,
      double firstTokenMillis,
      double secondQuestionMillis,
      int reusedTokens,
      double ratio) {}

  /** Runs once to warm up and then measures. */
  public Streams streams(int count, int promptTokens, int generatedTokens) {
    var runs = new ArrayList<Streams>();
    for (int i = 0; i <= repetitions; i++) {
      runs.add(together(count, promptTokens, generatedTokens));
    }
    var measured = runs.subList(1, runs.size());
    return new Streams(
        count,
        promptTokens,
        generatedTokens,
        median(measured.stream().mapToDouble(Streams::firstTokenMillis).toArray()),
        median(measured.stream().mapToDouble(Streams::lastFirstTokenMillis).toArray()),
        median(measured.stream().mapToDouble(Streams::generatedPerSecond).toArray()));
  }

  /** Runs once to warm up and then measures, with another context each time. */
  public Again again(int contextTokens) {
    var runs = new ArrayList<Again>();
    try (var server = server(1)) {
      for (int i = 0; i <= repetitions; i++) {
        var scope = PrefixScope.ofPrivate("person " + i);
        int[] context = tokens(contextTokens);
        var first = ask(server, context, scope);
        var second = ask(server, context, scope);
        double before = millis(first);
        double after = millis(second);
        runs.add(new Again(contextTokens, before, after, second.usage().reused(), after / before));
      }
    }
    var measured = runs.subList(1, runs.size());
    return new Again(
        contextTokens,
        median(measured.stream().mapToDouble(Again::firstTokenMillis).toArray()),
        median(measured.stream().mapToDouble(Again::secondQuestionMillis).toArray()),
        measured.getLast().reusedTokens(),
        median(measured.stream().mapToDouble(Again::ratio).toArray()));
  }

  private Streams together(int count, int promptTokens, int generatedTokens) {
    var firstToken = new AtomicLong(Long.MAX_VALUE);
    var handles = new ArrayList<GenerationHandle>();
    var results = new ArrayList<GenerationResult>();
    long end;
    try (var server = server(count)) {
      for (int i = 0; i < count; i++) {
        var request = request(tokens(promptTokens), generatedTokens, i, PrefixScope.none());
        handles.add(
            server.submit(
                request, token -> firstToken.accumulateAndGet(System.nanoTime(), Math::min)));
      }
      handles.forEach(handle -> results.add(result(handle)));
      end = System.nanoTime();
    }
    double[] waits = results.stream().mapToDouble(ServingBenchmark::millis).sorted().toArray();
    int generated = results.stream().mapToInt(it -> it.usage().generated()).sum();
    return new Streams(
        count,
        promptTokens,
        generatedTokens,
        waits[waits.length / 2],
        waits[waits.length - 1],
        generated / ((end - firstToken.get()) / 1e9));
  }

  private GenerationResult ask(GenerationServer server, int[] context, PrefixScope scope) {
    int[] prompt = Arrays.copyOf(context, context.length + QUESTION_TOKENS);
    System.arraycopy(tokens(QUESTION_TOKENS), 0, prompt, context.length, QUESTION_TOKENS);
    return result(server.submit(request(prompt, 1, 0, scope), token -> {}));
  }

  private GenerationServer server(int count) {
    return new GenerationServer(
        model, ServingOptions.defaults().withRunning(count, count).withQueued(count, count));
  }

  /** Not greedy: random weights soon end a text that takes the likeliest token each time. */
  private static GenerationRequest request(
      int[] prompt, int tokens, int number, PrefixScope scope) {
    var sampling = SamplingOptions.varied(number).withTopK(0).withMinP(0).withTopP(1);
    return new GenerationRequest(
        prompt, sampling, tokens, "person " + number, scope, Deadline.none());
  }

  private static GenerationResult result(GenerationHandle handle) {
    var result = handle.result().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    if (result.reason() == EndReason.FAILED) {
      throw new IllegalStateException("a request failed", result.failure());
    }
    return result;
  }

  /** Until the first token; all of it where the first one ended the text. */
  private static double millis(GenerationResult result) {
    var first = result.timings().firstToken();
    return (first == null ? result.timings().total() : first).toNanos() / 1e6;
  }

  private int[] tokens(int count) {
    return random.ints(count, 0, model.description().vocabulary()).toArray();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
