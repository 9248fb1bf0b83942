package io.witan.assistants;

import io.swagger.v3.oas.annotations.media.Schema;
import io.witan.shared.InvalidInput;
import org.jspecify.annotations.Nullable;

/**
 * How a model chooses the words of an assistant's answers; null for what is usual.
 *
 * @param temperature 0 for the likeliest word each time, which is usual, to 2
 * @param topP the likeliest words that together have this probability are chosen from; above 0, to
 *     1
 * @param answerTokens that an answer may have, 16 to 32,768, at most a quarter of the model's
 *     context
 * @param seed the same one gives the same answer to the same question; usually another each time
 */
@Schema(name = "SamplingSettings")
public record SamplingSettings(
    @Schema(minimum = "0", maximum = "2") @Nullable Double temperature,
    @Schema(minimum = "0", exclusiveMinimum = true, maximum = "1") @Nullable Double topP,
    @Schema(minimum = "16", maximum = "32768") @Nullable Integer answerTokens,
    @Schema(minimum = "0", maximum = "9007199254740991") @Nullable Long seed) {
  /** What a new assistant starts with. */
  public static final SamplingSettings DEFAULT = new SamplingSettings(null, null, null, null);

  /** Every whole number up to here is the same in JavaScript. */
  private static final long MAX_SEED = (1L << 53) - 1;

  public SamplingSettings {
    if (temperature != null && !(temperature >= 0 && temperature <= 2)) {
      throw new InvalidInput("sampling.temperature", "must be between 0 and 2, or absent");
    }
    if (topP != null && !(topP.floatValue() > 0 && topP <= 1)) {
      throw new InvalidInput("sampling.topP", "must be more than 0 and at most 1, or absent");
    }
    if (answerTokens != null && (answerTokens < 16 || answerTokens > 32_768)) {
      throw new InvalidInput("sampling.answerTokens", "must be between 16 and 32768, or absent");
    }
    if (seed != null && (seed < 0 || seed > MAX_SEED)) {
      throw new InvalidInput("sampling.seed", "must be between 0 and " + MAX_SEED + ", or absent");
    }
  }
}
