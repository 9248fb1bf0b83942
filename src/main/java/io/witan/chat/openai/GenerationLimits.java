package io.witan.chat.openai;

import io.witan.engine.SamplingOptions;
import io.witan.identity.AccessScope;
import io.witan.models.generation.Generator;
import io.witan.models.generation.GeneratorRequest;
import io.witan.models.generation.Prompt;
import io.witan.models.generation.PromptTooLong;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one request may take of the generator. */
final class GenerationLimits {
  /** How often a silent stream shows that it lives, and finds out whether its client does. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /** As long as that API's clients wait. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private GenerationLimits() {}

  /**
   * A request in the name of the person, which reuses nothing but what the same person has sent.
   *
   * @param maxTokens null for the usual limit, or what there is room for if that is less
   * @throws PromptTooLong if the model has no room for prompt and answer
   */
  static GeneratorRequest request(
      AccessScope scope,
      Generator generator,
      Prompt prompt,
      SamplingOptions sampling,
      @Nullable Integer maxTokens,
      int usualTokens) {
    int context = generator.info().contextTokens();
    int used = generator.countTokens(prompt);
    int room = context - used;
    int tokens = maxTokens == null ? Math.max(1, Math.min(usualTokens, room)) : maxTokens;
    if (tokens > room) {
      throw new PromptTooLong(used, tokens, context);
    }
    var person = scope.requirePerson().value().toString();
    var request = new GeneratorRequest(prompt, sampling, tokens, person, null, person, LONGEST);
    return request.leaving(); // the caller's own text, for the model that the caller named
  }
}
