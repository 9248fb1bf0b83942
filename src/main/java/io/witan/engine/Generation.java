package io.witan.engine;

import io.witan.engine.sampling.Sampler;
import io.witan.engine.sampling.StopStrings;
import io.witan.engine.tokenizer.Detokenizer;
import io.witan.engine.tokenizer.Tokenizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the logits of one sequence into tokens and text, until something ends it. Whoever has the
 * logits drives it: a session alone, or a server that advances many. For one thread.
 */
public final class Generation {
  private final Tokenizer tokenizer;
  private final Sampler sampler;
  private final StopStrings stops;
  private final Detokenizer detokenizer;
  private final int maxTokens;
  private int count;
  private int token = -1;

  Generation(Tokenizer tokenizer, SamplingOptions options, int[] history, int maxTokens) {
    this.tokenizer = tokenizer;
    this.sampler = new Sampler(options);
    this.stops = new StopStrings(options.stop());
    this.detokenizer = tokenizer.detokenizer();
    this.maxTokens = maxTokens;
    for (int seen : history) {
      sampler.accept(seen);
    }
  }

  /** Tokens told to the sink so far. */
  public int count() {
    return count;
  }

  /** The token to append before the next logits; -1 before the first. */
  public int token() {
    return token;
  }

  /**
   * Chooses the next token and tells it.
   *
   * @param hasRoom whether one more token fits after those that the logits have seen
   * @return why this ended; null if {@link #token()} shall be appended
   */
  public @Nullable FinishReason next(float[] logits, boolean hasRoom, TokenSink sink) {
    var sample = sampler.sample(logits);
    if (tokenizer.endsGeneration(sample.token())) {
      return finish(FinishReason.STOP, sink);
    }
    var alternatives =
        sample.likeliest().stream()
            .map(each -> new GeneratedToken.Alternative(each.token(), each.logProbability()))
            .toList();
    String text = stops.accept(detokenizer.accept(sample.token()));
    token = sample.token();
    count++;
    if (!sink.accept(new GeneratedToken(token, text, sample.logProbability(), alternatives))) {
      return FinishReason.CANCELLED;
    }
    if (stops.stopped()) {
      return FinishReason.STOP;
    }
    return count < maxTokens && hasRoom ? null : finish(FinishReason.LENGTH, sink);
  }

  /** Lets out what was held back, as a last piece of text without a token. */
  public FinishReason finish(FinishReason reason, TokenSink sink) {
    String rest = stops.accept(detokenizer.finish()) + stops.finish();
    if (!rest.isEmpty()) {
      sink.accept(new GeneratedToken(-1, rest, Float.NaN, List.of()));
    }
    return reason;
  }
}
