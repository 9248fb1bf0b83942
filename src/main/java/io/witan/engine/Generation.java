package io.witan.engine;

import io.witan.engine.grammar.TokenGrammar;
import io.witan.engine.sampling.Sample;
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
  private final TokenGrammar.@Nullable Matcher matcher;
  private final int maxTokens;
  private final boolean takesLikeliest;
  private float[] masked = {};
  private int count;
  private int token = -1;

  Generation(
      Tokenizer tokenizer,
      SamplingOptions options,
      @Nullable OutputGrammar grammar,
      int[] history,
      int maxTokens) {
    this.matcher = grammar == null ? null : grammar.compiled().matcher();
    this.tokenizer = tokenizer;
    this.sampler = new Sampler(options);
    this.stops = new StopStrings(options.stop());
    this.detokenizer =
        grammar == null ? tokenizer.detokenizer() : tokenizer.detokenizer(grammar::shows);
    this.maxTokens = maxTokens;
    this.takesLikeliest = matcher == null && options.isPlain();
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

  /** Whether {@link #next} answers without first working out what a grammar allows. */
  public boolean isPrepared() {
    return matcher == null || matcher.isReady();
  }

  /** Works that out: on any thread, while nobody asks for the next token. */
  public void prepare() {
    if (matcher != null) {
      matcher.mask();
    }
  }

  /**
   * Chooses the next token and tells it.
   *
   * @param hasRoom whether one more token fits after those that the logits have seen
   * @return why this ended; null if {@link #token()} shall be appended
   */
  public @Nullable FinishReason next(float[] logits, boolean hasRoom, TokenSink sink) {
    var allowed = logits;
    var follows = matcher;
    if (follows != null) {
      var mask = follows.mask();
      if (mask.isEmpty()) {
        // no token of this vocabulary can go on: whole only if the grammar says so
        return finish(follows.isComplete() ? FinishReason.STOP : FinishReason.LENGTH, sink);
      }
      masked = masked.length == logits.length ? masked : new float[logits.length];
      mask.apply(logits, masked);
      allowed = masked;
    }
    return tell(sampler.sample(allowed, logits), hasRoom, sink);
  }

  /** What the next step must give: all logits, unless the likeliest token is what is taken. */
  public StepPart.Logits wants() {
    return takesLikeliest ? StepPart.Logits.LIKELIEST : StepPart.Logits.LAST;
  }

  /**
   * Takes the likeliest token, which a device has found.
   *
   * @return as above
   * @throws IllegalStateException if more than that is asked for
   */
  public @Nullable FinishReason next(int likeliest, boolean hasRoom, TokenSink sink) {
    if (!takesLikeliest) {
      throw new IllegalStateException("logits are needed, and only the likeliest token is known");
    }
    sampler.accept(likeliest);
    return tell(new Sample(likeliest, Float.NaN, List.of()), hasRoom, sink);
  }

  private @Nullable FinishReason tell(Sample sample, boolean hasRoom, TokenSink sink) {
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
    var follows = matcher;
    if (follows != null) {
      follows.accept(token);
      if (follows.isFinal()) {
        return finish(FinishReason.STOP, sink);
      }
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
