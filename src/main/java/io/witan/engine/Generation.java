package io.witan.engine;

import io.witan.engine.sampling.Sampler;
import io.witan.engine.sampling.StopStrings;
import io.witan.engine.tokenizer.Detokenizer;
import io.witan.engine.tokenizer.Tokenizer;
import java.util.List;

/** Samples, advances and streams until something ends it. */
final class Generation {
  private final Session session;
  private final Tokenizer tokenizer;
  private final Sampler sampler;
  private final StopStrings stops;
  private final Detokenizer detokenizer;

  Generation(Session session, Tokenizer tokenizer, SamplingOptions options, int[] history) {
    this.session = session;
    this.tokenizer = tokenizer;
    this.sampler = new Sampler(options);
    this.stops = new StopStrings(options.stop());
    this.detokenizer = tokenizer.detokenizer();
    for (int token : history) {
      sampler.accept(token);
    }
  }

  FinishReason run(int maxTokens, TokenSink sink) {
    for (int i = 0; i < maxTokens; i++) {
      var sample = sampler.sample(session.logits());
      if (tokenizer.endsGeneration(sample.token())) {
        return finish(FinishReason.STOP, sink);
      }
      var alternatives =
          sample.likeliest().stream()
              .map(each -> new GeneratedToken.Alternative(each.token(), each.logProbability()))
              .toList();
      String text = stops.accept(detokenizer.accept(sample.token()));
      var token = new GeneratedToken(sample.token(), text, sample.logProbability(), alternatives);
      if (!sink.accept(token)) {
        return FinishReason.CANCELLED;
      }
      if (stops.stopped()) {
        return FinishReason.STOP;
      }
      if (i + 1 < maxTokens) {
        if (session.isFull()) {
          break;
        }
        session.advance(sample.token());
      }
    }
    return finish(FinishReason.LENGTH, sink);
  }

  /** Lets out what was held back, as a last piece of text without a token. */
  private FinishReason finish(FinishReason reason, TokenSink sink) {
    String rest = stops.accept(detokenizer.finish()) + stops.finish();
    if (!rest.isEmpty()) {
      sink.accept(new GeneratedToken(-1, rest, Float.NaN, List.of()));
    }
    return reason;
  }
}
