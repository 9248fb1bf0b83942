package io.witan.chat.openai;

import io.witan.chat.Answer;
import io.witan.models.generation.GenerationEnd;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Tokens that were read and written. */
@JsonNaming(SnakeCaseStrategy.class)
record Usage(
    int promptTokens, int completionTokens, int totalTokens, PromptDetails promptTokensDetails) {
  /** Quotes take no tokens of a model. */
  static final Usage NONE = new Usage(0, 0, 0, new PromptDetails(0));

  /** Of an answer from documents: what its model read and wrote, whatever became of it. */
  static Usage of(Answer answer) {
    var writing = answer.writing();
    var end = answer.writingEnd();
    return writing == null || end == null
        ? NONE
        : of(writing.promptTokens(), end.generatedTokens(), end.reusedTokens());
  }

  /** How many of the prompt's tokens had been read before. */
  @JsonNaming(SnakeCaseStrategy.class)
  record PromptDetails(int cachedTokens) {}

  static Usage of(GenerationEnd end) {
    return of(end.promptTokens(), end.generatedTokens(), end.reusedTokens());
  }

  private static Usage of(int prompt, int generated, int reused) {
    return new Usage(prompt, generated, prompt + generated, new PromptDetails(reused));
  }
}
