package io.witan.models.residency;

import io.witan.engine.EngineOptions;
import io.witan.engine.serving.ServingOptions;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings {@code witan.models.generator.*}.
 *
 * @param threads that compute; 0 for all processors
 * @param contextTokens of prompt and answer together; 0 for what the model has and memory allows,
 *     at most 32,768
 * @param cacheMemory for keys and values of all requests; absent for a quarter of the free memory
 * @param kv how keys and values are kept: f16, f32, or q8_0, which takes little more than half of
 *     f16's memory and is less exact
 * @param running requests in a step at most
 * @param queued requests that may wait
 * @param queuedPerOwner of these, of one person
 * @param stepTarget how long a long prompt may make the others wait for their next token
 */
@ConfigurationProperties("witan.models.generator")
public record GeneratorSettings(
    @DefaultValue("0") int threads,
    @DefaultValue("0") int contextTokens,
    @Nullable DataSize cacheMemory,
    @DefaultValue("f16") String kv,
    @DefaultValue("32") int running,
    @DefaultValue("256") int queued,
    @DefaultValue("16") int queuedPerOwner,
    @DefaultValue("500ms") Duration stepTarget) {
  private static final Set<String> KV = Set.of("f16", "f32", "q8_0");

  public GeneratorSettings {
    check(threads >= 0 && threads <= 1024, "threads", "0 to 1024", threads);
    check(
        contextTokens == 0 || contextTokens >= 256,
        "context-tokens",
        "0 or at least 256",
        contextTokens);
    check(KV.contains(kv.toLowerCase(Locale.ROOT)), "kv", "f16, f32 or q8_0", kv);
    check(running >= 1 && running <= 1024, "running", "1 to 1024", running);
    check(queued >= 1, "queued", "at least 1", queued);
    check(queuedPerOwner >= 1, "queued-per-owner", "at least 1", queuedPerOwner);
    check(stepTarget.isPositive(), "step-target", "positive", stepTarget);
  }

  private static void check(boolean holds, String key, String wanted, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(
          "witan.models.generator.%s must be %s, not %s".formatted(key, wanted, value));
    }
  }

  /** Settings when nothing is configured. */
  public static GeneratorSettings defaults() {
    return new GeneratorSettings(0, 0, null, "f16", 32, 256, 16, Duration.ofMillis(500));
  }

  GeneratorSettings withContextTokens(int tokens) {
    return new GeneratorSettings(
        threads, tokens, cacheMemory, kv, running, queued, queuedPerOwner, stepTarget);
  }

  GeneratorSettings withCacheMemory(DataSize size) {
    return new GeneratorSettings(
        threads, contextTokens, size, kv, running, queued, queuedPerOwner, stepTarget);
  }

  GeneratorSettings withKv(String format) {
    return new GeneratorSettings(
        threads, contextTokens, cacheMemory, format, running, queued, queuedPerOwner, stepTarget);
  }

  EngineOptions engine(ModelFit fit) {
    var options =
        EngineOptions.defaults()
            .withContextTokens(fit.contextTokens())
            .withCacheTokens(fit.cacheTokens())
            .withCacheFormat(kv);
    return threads == 0 ? options : options.withThreads(threads);
  }

  ServingOptions serving() {
    var usual = ServingOptions.defaults();
    return usual
        .withRunning(running, running)
        .withQueued(queued, Math.min(queued, queuedPerOwner))
        .withPromptRows(usual.promptRows(), stepTarget);
  }
}
