package io.witan.chat.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A whole answer of {@code chat/completions}. */
@JsonNaming(SnakeCaseStrategy.class)
record ChatCompletion(
    String id,
    String object,
    long created,
    String model,
    List<Choice> choices,
    Usage usage,
    String systemFingerprint) {
  ChatCompletion(Heading heading, Choice choice, Usage usage) {
    this(
        heading.id(),
        "chat.completion",
        heading.created(),
        heading.model(),
        List.of(choice),
        usage,
        heading.fingerprint());
  }

  /** The only answer. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Choice(
      int index, Message message, @Nullable ChatLogProbabilities logprobs, String finishReason) {}

  /**
   * What was said.
   *
   * @param content null if functions were called and nothing was said
   * @param refusal always null: the clients expect it
   * @param witan evidence of an answer from documents
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Message(
      String role,
      @Nullable String content,
      @Nullable String refusal,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<CalledTool> toolCalls,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Evidence witan) {
    /** Without calls. */
    static Message text(String content, @Nullable Evidence witan) {
      return new Message("assistant", content, null, null, witan);
    }
  }
}
