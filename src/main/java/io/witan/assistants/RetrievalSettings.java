package io.witan.assistants;

import io.swagger.v3.oas.annotations.media.Schema;
import io.witan.shared.InvalidInput;
import org.jspecify.annotations.Nullable;

/**
 * How an assistant searches and how much it quotes.
 *
 * @param passages passages read for an answer, 1 to 50
 * @param semanticWeight 0 for words only, 1 for meaning only; null for the calibrated default
 * @param answerSentences quotes in an answer, 1 to 10
 */
@Schema(name = "RetrievalSettings")
public record RetrievalSettings(
    @Schema(minimum = "1", maximum = "50") int passages,
    @Schema(minimum = "0", maximum = "1") @Nullable Double semanticWeight,
    @Schema(minimum = "1", maximum = "10") int answerSentences) {

  /** What a new assistant starts with. */
  public static final RetrievalSettings DEFAULT = new RetrievalSettings(12, null, 4);

  public RetrievalSettings {
    if (passages < 1 || passages > 50) {
      throw new InvalidInput("retrieval.passages", "must be between 1 and 50");
    }
    if (semanticWeight != null && !(semanticWeight >= 0 && semanticWeight <= 1)) {
      throw new InvalidInput("retrieval.semanticWeight", "must be between 0 and 1, or absent");
    }
    if (answerSentences < 1 || answerSentences > 10) {
      throw new InvalidInput("retrieval.answerSentences", "must be between 1 and 10");
    }
  }
}
