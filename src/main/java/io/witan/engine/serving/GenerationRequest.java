package io.witan.engine.serving;

import io.witan.engine.OutputGrammar;
import io.witan.engine.SamplingOptions;
import org.jspecify.annotations.Nullable;

/**
 * What to generate, and for whom.
 *
 * @param prompt tokens, with those that the model wants at the beginning; not copied
 * @param maxTokens tokens at most
 * @param owner whoever shares a place in the queue, such as a person
 * @param grammar what the text must follow, of the same model; null for any text
 */
public record GenerationRequest(
    int[] prompt,
    SamplingOptions sampling,
    int maxTokens,
    String owner,
    PrefixScope scope,
    Deadline deadline,
    @Nullable OutputGrammar grammar) {
  /** Without a grammar. */
  public GenerationRequest(
      int[] prompt,
      SamplingOptions sampling,
      int maxTokens,
      String owner,
      PrefixScope scope,
      Deadline deadline) {
    this(prompt, sampling, maxTokens, owner, scope, deadline, null);
  }

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
