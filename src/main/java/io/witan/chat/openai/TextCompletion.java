package io.witan.chat.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.witan.models.generation.GeneratedPiece;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** An answer of {@code completions}, or a part of one: both look alike. */
@JsonNaming(SnakeCaseStrategy.class)
record TextCompletion(
    String id,
    String object,
    long created,
    String model,
    List<Choice> choices,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Usage usage,
    String systemFingerprint) {

  private TextCompletion(Heading heading, List<Choice> choices, @Nullable Usage usage) {
    this(
        heading.id(),
        "text_completion",
        heading.created(),
        heading.model(),
        choices,
        usage,
        heading.fingerprint());
  }

  /** The only continuation. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Choice(
      String text, int index, @Nullable LogProbabilities logprobs, @Nullable String finishReason) {}

  /** How likely the tokens were: lists of the same length. */
  @JsonNaming(SnakeCaseStrategy.class)
  record LogProbabilities(
      List<String> tokens,
      List<Double> tokenLogprobs,
      List<Map<String, Double>> topLogprobs,
      List<Integer> textOffset) {
    static LogProbabilities empty() {
      return new LogProbabilities(
          new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    /**
     * @param offset where its text begins, in UTF-16 code units of what was generated
     */
    void add(GeneratedPiece piece, int likeliest, int offset) {
      if (Double.isNaN(piece.logProbability())) {
        return;
      }
      var top = new LinkedHashMap<String, Double>();
      piece.likeliest().stream()
          .limit(likeliest)
          .forEach(it -> top.putIfAbsent(it.token(), it.logProbability()));
      tokens.add(piece.token());
      tokenLogprobs.add(piece.logProbability());
      topLogprobs.add(top);
      textOffset.add(offset);
    }
  }

  static TextCompletion whole(
      Heading heading,
      String text,
      @Nullable LogProbabilities logprobs,
      String finishReason,
      Usage usage) {
    return new TextCompletion(heading, List.of(new Choice(text, 0, logprobs, finishReason)), usage);
  }

  static TextCompletion part(
      Heading heading,
      String text,
      @Nullable LogProbabilities logprobs,
      @Nullable String finishReason) {
    return new TextCompletion(heading, List.of(new Choice(text, 0, logprobs, finishReason)), null);
  }

  static TextCompletion usage(Heading heading, Usage usage) {
    return new TextCompletion(heading, List.of(), usage);
  }
}
