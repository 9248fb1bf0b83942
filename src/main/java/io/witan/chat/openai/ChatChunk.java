package io.witan.chat.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A part of a streamed answer of {@code chat/completions}. */
@JsonNaming(SnakeCaseStrategy.class)
record ChatChunk(
    String id,
    String object,
    long created,
    String model,
    String systemFingerprint,
    List<Choice> choices,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Usage usage) {

  private ChatChunk(Heading heading, List<Choice> choices, @Nullable Usage usage) {
    this(
        heading.id(),
        "chat.completion.chunk",
        heading.created(),
        heading.model(),
        heading.fingerprint(),
        choices,
        usage);
  }

  /** What the only answer goes on with. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Choice(
      int index,
      Delta delta,
      @Nullable ChatLogProbabilities logprobs,
      @Nullable String finishReason) {}

  /** What is new. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonNaming(SnakeCaseStrategy.class)
  record Delta(
      @Nullable String role,
      @Nullable String content,
      @Nullable List<CalledTool.Delta> toolCalls,
      @Nullable Evidence witan) {}

  private static ChatChunk of(
      Heading heading,
      Delta delta,
      @Nullable ChatLogProbabilities logprobs,
      @Nullable String finish) {
    return new ChatChunk(heading, List.of(new Choice(0, delta, logprobs, finish)), null);
  }

  static ChatChunk first(Heading heading) {
    return of(heading, new Delta("assistant", "", null, null), null, null);
  }

  /** The first part where functions may be called: perhaps there is no text. */
  static ChatChunk firstWithTools(Heading heading) {
    return of(heading, new Delta("assistant", null, null, null), null, null);
  }

  static ChatChunk calls(
      Heading heading,
      List<CalledTool.Delta> calls,
      @Nullable ChatLogProbabilities logProbabilities) {
    return of(heading, new Delta(null, null, calls, null), logProbabilities, null);
  }

  static ChatChunk text(
      Heading heading, String content, @Nullable ChatLogProbabilities logProbabilities) {
    return of(heading, new Delta(null, content, null, null), logProbabilities, null);
  }

  static ChatChunk last(Heading heading, String finishReason, @Nullable Evidence evidence) {
    return of(heading, new Delta(null, null, null, evidence), null, finishReason);
  }

  static ChatChunk usage(Heading heading, Usage usage) {
    return new ChatChunk(heading, List.of(), usage);
  }
}
