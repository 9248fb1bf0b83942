package io.witan.chat.openai;

import io.witan.models.generation.GenerationEnd;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Tokens that were read and written. */
@JsonNaming(SnakeCaseStrategy.class)
record Usage(
    int promptTokens, int completionTokens, int totalTokens, PromptDetails promptTokensDetails) {
  /** Quotes take no tokens of a model. */
  static final Usage NONE = new Usage(0, 0, 0, new PromptDetails(0));

  /** How many of the prompt's tokens had been read before. */
  @JsonNaming(SnakeCaseStrategy.class)
  record PromptDetails(int cachedTokens) {}

  static Usage of(GenerationEnd end) {
    return new Usage(
        end.promptTokens(),
        end.generatedTokens(),
        end.promptTokens() + end.generatedTokens(),
        new PromptDetails(end.reusedTokens()));
  }
}
