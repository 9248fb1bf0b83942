package io.witan.chat.openai;

import io.witan.models.generation.GeneratedPiece;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** How likely the tokens of a chat's answer were. */
record ChatLogProbabilities(List<Token> content, @Nullable Object refusal) {

  /** A token and what could have come in its place. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Token(String token, double logprob, List<Integer> bytes, List<Likeliest> topLogprobs) {}

  /** A token that could have come. */
  record Likeliest(String token, double logprob, List<Integer> bytes) {}

  static ChatLogProbabilities of(List<Token> tokens) {
    return new ChatLogProbabilities(List.copyOf(tokens), null);
  }

  /** Null for text that is no token, such as what was held back for a stop text. */
  static @Nullable Token token(GeneratedPiece piece, int likeliest) {
    if (Double.isNaN(piece.logProbability())) {
      return null;
    }
    var others =
        piece.likeliest().stream()
            .limit(likeliest)
            .map(it -> new Likeliest(it.token(), it.logProbability(), bytes(it.token())))
            .toList();
    return new Token(piece.token(), piece.logProbability(), bytes(piece.token()), others);
  }

  private static List<Integer> bytes(String text) {
    var bytes = new ArrayList<Integer>();
    for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
      bytes.add(value & 0xff);
    }
    return bytes;
  }
}
