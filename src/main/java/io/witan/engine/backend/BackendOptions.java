package io.witan.engine.backend;

/**
 * How a program shall run.
 *
 * @param threads threads that compute, the caller's included
 * @param kvFormat how keys and values are kept
 * @param cacheTokens positions the key-value cache can hold over all sequences
 * @param maxRows token rows of the largest step
 * @param device number of the back end's device
 * @param deviceMemory bytes that may be taken there
 */
public record BackendOptions(
    int threads, KvFormat kvFormat, int cacheTokens, int maxRows, int device, long deviceMemory) {
  public BackendOptions {
    if (threads < 1 || cacheTokens < 1 || maxRows < 1 || device < 0 || deviceMemory < 1) {
      throw new IllegalArgumentException(
          "threads %d, cache %d, rows %d, device %d, memory %d"
              .formatted(threads, cacheTokens, maxRows, device, deviceMemory));
    }
  }

  /** On the first device, with all of its memory. */
  public BackendOptions(int threads, KvFormat kvFormat, int cacheTokens, int maxRows) {
    this(threads, kvFormat, cacheTokens, maxRows, 0, Long.MAX_VALUE);
  }
}
