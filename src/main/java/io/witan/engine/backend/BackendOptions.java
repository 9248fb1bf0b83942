package io.witan.engine.backend;

/**
 * How a program shall run.
 *
 * @param threads threads that compute, the caller's included
 * @param kvFormat how keys and values are kept
 * @param cacheTokens positions the key-value cache can hold over all sequences
 * @param maxRows token rows of the largest step
 * @param exact never quantise activations: slower, for tests and for those who want it
 */
public record BackendOptions(
    int threads, KvFormat kvFormat, int cacheTokens, int maxRows, boolean exact) {
  public BackendOptions {
    if (threads < 1 || cacheTokens < 1 || maxRows < 1) {
      throw new IllegalArgumentException(
          "threads " + threads + ", cache " + cacheTokens + ", rows " + maxRows);
    }
  }
}
