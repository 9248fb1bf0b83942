package io.witan.engine.serving;

import io.witan.engine.ModelAdapter;
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
 * @param adapter that changes the model, of the same model; null for the model as it is. Held from
 *     the submission to the end
 */
public record GenerationRequest(
    int[] prompt,
    SamplingOptions sampling,
    int maxTokens,
    String owner,
    PrefixScope scope,
    Deadline deadline,
    @Nullable OutputGrammar grammar,
    @Nullable ModelAdapter adapter) {
  /** Without a grammar or an adapter. */
  public GenerationRequest(
      int[] prompt,
      SamplingOptions sampling,
      int maxTokens,
      String owner,
      PrefixScope scope,
      Deadline deadline) {
    this(prompt, sampling, maxTokens, owner, scope, deadline, null, null);
  }

  /** The same, with an adapter. */
  public GenerationRequest with(@Nullable ModelAdapter other) {
    return new GenerationRequest(
        prompt, sampling, maxTokens, owner, scope, deadline, grammar, other);
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
