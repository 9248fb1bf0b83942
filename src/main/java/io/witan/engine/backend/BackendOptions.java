package io.witan.engine.backend;

/**
 * How a program shall run.
 *
 * @param threads threads that compute, the caller's included
 * @param kvFormat how keys and values are kept
 * @param cacheTokens positions the key-value cache can hold over all sequences
 * @param maxRows token rows of the largest step
 */
public record BackendOptions(int threads, KvFormat kvFormat, int cacheTokens, int maxRows) {
  public BackendOptions {
    if (threads < 1 || cacheTokens < 1 || maxRows < 1) {
      throw new IllegalArgumentException(
          "threads " + threads + ", cache " + cacheTokens + ", rows " + maxRows);
    }
  }
}
