package io.witan.engine;

import io.witan.engine.backend.KvFormat;
import org.jspecify.annotations.Nullable;

/**
 * How a model shall run.
 *
 * @param backend {@code auto}, {@code cpu}, {@code cpu-scalar} or {@code tornado}
 * @param device its number or a part of its name; null for the first that is worth it
 * @param deviceMemory bytes that may be taken there; 0 for nine tenths of what it has
 * @param threads threads that compute
 * @param kvFormat how keys and values are kept
 * @param contextTokens positions of one session at most; 0 for what the model was trained for
 * @param cacheTokens positions of all sessions together; 0 for {@code contextTokens}
 */
public record EngineOptions(
    String backend,
    @Nullable String device,
    long deviceMemory,
    int threads,
    KvFormat kvFormat,
    int contextTokens,
    int cacheTokens) {

  public EngineOptions {
    if (threads < 1 || contextTokens < 0 || cacheTokens < 0 || deviceMemory < 0) {
      throw new IllegalArgumentException(
          "threads %d, context %d, cache %d, device memory %d"
              .formatted(threads, contextTokens, cacheTokens, deviceMemory));
    }
  }

  /** All processors, half-float cache, the model's own context. */
  public static EngineOptions defaults() {
    return new EngineOptions(
        "cpu", null, 0, Runtime.getRuntime().availableProcessors(), KvFormat.F16, 0, 0);
  }

  public EngineOptions withBackend(String id) {
    return on(id, device, deviceMemory);
  }

  /** As above, and which of its devices. */
  public EngineOptions on(String id, @Nullable String onDevice, long memory) {
    return new EngineOptions(id, onDevice, memory, threads, kvFormat, contextTokens, cacheTokens);
  }

  public EngineOptions withThreads(int count) {
    return new EngineOptions(
        backend, device, deviceMemory, count, kvFormat, contextTokens, cacheTokens);
  }

  public EngineOptions withKvFormat(KvFormat format) {
    return new EngineOptions(
        backend, device, deviceMemory, threads, format, contextTokens, cacheTokens);
  }

  /**
   * Keys and values in a format of this name, in any case.
   *
   * @throws EngineException if there is none
   */
  public EngineOptions withCacheFormat(String name) {
    return withKvFormat(cacheFormat(name));
  }

  /**
   * What keys and values take in a format of this name, in any case.
   *
   * @param f16Bytes what they take as F16
   * @throws EngineException if there is none
   */
  public static long cacheBytes(String name, long f16Bytes) {
    return cacheFormat(name).bytes(f16Bytes / Short.BYTES);
  }

  private static KvFormat cacheFormat(String name) {
    for (var format : KvFormat.values()) {
      if (format.name().equalsIgnoreCase(name)) {
        return format;
      }
    }
    throw new EngineException.Unsupported(
        "keys and values are kept as f16, f32 or q8_0, not " + name);
  }

  public EngineOptions withContextTokens(int tokens) {
    return new EngineOptions(backend, device, deviceMemory, threads, kvFormat, tokens, cacheTokens);
  }

  public EngineOptions withCacheTokens(int tokens) {
    return new EngineOptions(
        backend, device, deviceMemory, threads, kvFormat, contextTokens, tokens);
  }
}
