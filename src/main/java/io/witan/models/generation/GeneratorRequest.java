package io.witan.models.generation;

import io.witan.engine.SamplingOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What to generate, and for whom.
 *
 * @param maxTokens tokens at most
 * @param owner who shares a place in the queue: a person's id
 * @param publicKey names the system message, which everybody with the same key may reuse; null if
 *     nobody may
 * @param privateKey who may reuse what follows it: a person's id; null for nobody
 * @param limit how long it may take, waiting included
 * @param mayLeave whether the prompt may leave the machine: generators elsewhere take no other
 * @param format what form the answer must have; null for any text
 * @param adapter the name of one of the generator's adapters; null for the model as it is
 */
public record GeneratorRequest(
    Prompt prompt,
    SamplingOptions sampling,
    int maxTokens,
    String owner,
    @Nullable String publicKey,
    @Nullable String privateKey,
    Duration limit,
    boolean mayLeave,
    @Nullable OutputFormat format,
    @Nullable String adapter) {

  /** A prompt that may not leave the machine, and any text. */
  public GeneratorRequest(
      Prompt prompt,
      SamplingOptions sampling,
      int maxTokens,
      String owner,
      @Nullable String publicKey,
      @Nullable String privateKey,
      Duration limit) {
    this(prompt, sampling, maxTokens, owner, publicKey, privateKey, limit, false, null, null);
  }

  /** The same, by whoever knows that nothing in the prompt has to stay here. */
  public GeneratorRequest leaving() {
    return new GeneratorRequest(
        prompt, sampling, maxTokens, owner, publicKey, privateKey, limit, true, format, adapter);
  }

  /** The same, in another form. */
  public GeneratorRequest withFormat(@Nullable OutputFormat value) {
    return new GeneratorRequest(
        prompt, sampling, maxTokens, owner, publicKey, privateKey, limit, mayLeave, value, adapter);
  }

  /** The same, written by the model with an adapter. */
  public GeneratorRequest withAdapter(@Nullable String name) {
    return new GeneratorRequest(
        prompt, sampling, maxTokens, owner, publicKey, privateKey, limit, mayLeave, format, name);
  }

  /** As above, for those who do not know the engine. */
  public static GeneratorRequest of(
      Prompt prompt,
      Sampling sampling,
      int maxTokens,
      String owner,
      @Nullable String publicKey,
      @Nullable String privateKey,
      Duration limit) {
    return new GeneratorRequest(
        prompt, sampling.options(), maxTokens, owner, publicKey, privateKey, limit);
  }
}
