package io.witan.engine.serving;

import io.witan.engine.EngineOptions;
import io.witan.engine.GeneratedToken;
import io.witan.engine.LanguageModel;
import io.witan.engine.SamplingOptions;
import io.witan.engine.SyntheticModels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A small random model, what it generates alone, and requests to it. */
final class ServedModel implements AutoCloseable {
  static final int PAGE = 64;
  static final Duration LONG = Duration.ofMinutes(5);

  final LanguageModel model;
  private final int pages;

  private ServedModel(LanguageModel model, int pages) {
    this.model = model;
    this.pages = pages;
  }

  static Path write(Path folder) {
    var path = folder.resolve("served.gguf");
    SyntheticModels.write(path, "qwen3moe", 1, 256, 4, 2, "q8_0", 11);
    return path;
  }

  /** A model whose cache has exactly so many pages: one more would throw. */
  static ServedModel load(Path path, int pages) {
    var options =
        EngineOptions.defaults()
            .withContextTokens(4096)
            .withCacheTokens(pages * PAGE)
            .withThreads(2);
    return new ServedModel(LanguageModel.load(path, options), pages);
  }

  static ServingOptions options() {
    return ServingOptions.defaults().withPromptRows(48, LONG);
  }

  GenerationServer serve(ServingOptions options) {
    return new GenerationServer(model, options);
  }

  int pages() {
    return pages;
  }

  /** What a session generates, alone and in one piece. */
  List<GeneratedToken> alone(int[] prompt, SamplingOptions sampling, int maxTokens) {
    var tokens = new ArrayList<GeneratedToken>();
    try (var session = model.newSession()) {
      session.append(prompt);
      session.generate(sampling, maxTokens, tokens::add);
    }
    return tokens;
  }

  List<Integer> alone(int[] prompt, int maxTokens) {
    return alone(prompt, SamplingOptions.greedy(), maxTokens).stream()
        .map(GeneratedToken::id)
        .filter(id -> id >= 0)
        .toList();
  }

  static int[] tokens(int count, long seed) {
    return new Random(seed).ints(count, 1, 40_000).toArray();
  }

  static int[] joined(int[] first, int[] second) {
    int[] all = java.util.Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  static GenerationRequest request(int[] prompt, int maxTokens, String owner) {
    return request(prompt, maxTokens, owner, PrefixScope.none());
  }

  static GenerationRequest request(int[] prompt, int maxTokens, String owner, PrefixScope scope) {
    return new GenerationRequest(
        prompt, SamplingOptions.greedy(), maxTokens, owner, scope, Deadline.none());
  }

  static GenerationResult resultOf(GenerationHandle handle) {
    return handle.result().orTimeout(2, TimeUnit.MINUTES).join();
  }

  @Override
  public void close() {
    model.close();
  }
}
