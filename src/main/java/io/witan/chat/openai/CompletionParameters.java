package io.witan.chat.openai;

import io.witan.engine.SamplingOptions;
import io.witan.shared.InvalidInput;
import org.jspecify.annotations.Nullable;

/**
 * A request for {@code completions}: a text to go on with.
 *
 * @param logProbabilities likeliest tokens to report; -1 for no log-probabilities at all
 */
record CompletionParameters(
    String model,
    String prompt,
    SamplingOptions sampling,
    int maxTokens,
    int logProbabilities,
    StreamParameters stream) {
  /** What that API has always taken where nothing is said. */
  private static final int USUAL_TOKENS = 16;

  private static final int MOST_LOG_PROBABILITIES = 20;

  static CompletionParameters of(Parameters request) {
    var model = request.requiredText("model");
    request.refuseOtherThan("best_of", 1, "must be 1");
    request.refuse("suffix", "is not supported");
    if (request.flag("echo")) {
      throw new InvalidInput("echo", "must be false: the prompt is not repeated");
    }
    var likeliest = request.integer("logprobs", 0, MOST_LOG_PROBABILITIES);
    var maxTokens = request.integer("max_tokens", 1, Integer.MAX_VALUE);
    return new CompletionParameters(
        model,
        prompt(request),
        SamplingParameters.of(request, likeliest == null ? 0 : Math.max(1, likeliest)),
        maxTokens == null ? USUAL_TOKENS : maxTokens,
        likeliest == null ? -1 : likeliest,
        StreamParameters.of(request));
  }

  private static String prompt(Parameters request) {
    var prompt = request.required("prompt");
    var only = prompt.isArray() && prompt.size() == 1 ? prompt.get(0) : prompt;
    @Nullable String text = only.isString() ? only.stringValue() : null;
    if (text == null || text.isEmpty()) {
      throw new InvalidInput("prompt", "must be one text that is not empty");
    }
    return text;
  }
}
