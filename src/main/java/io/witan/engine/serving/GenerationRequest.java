package io.witan.engine.serving;

import io.witan.engine.SamplingOptions;

/**
 * What to generate, and for whom.
 *
 * @param prompt tokens, with those that the model wants at the beginning; not copied
 * @param maxTokens tokens at most
 * @param owner whoever shares a place in the queue, such as a person
 */
public record GenerationRequest(
    int[] prompt,
    SamplingOptions sampling,
    int maxTokens,
    String owner,
    PrefixScope scope,
    Deadline deadline) {
  public GenerationRequest {
    if (prompt.length == 0 || maxTokens < 1) {
      throw new IllegalArgumentException(
          "a prompt of %d tokens, %d to generate".formatted(prompt.length, maxTokens));
    }
    if (scope.publicTokens() > prompt.length) {
      throw new IllegalArgumentException(
          "%d public of %d tokens".formatted(scope.publicTokens(), prompt.length));
    }
  }
}
