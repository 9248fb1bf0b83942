package io.witan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sampling as a session does it, on a small model with a real vocabulary. */
class SessionSamplingTests {
  private static final String PROMPT = "The mixture of experts layer routes each token";

  private LanguageModel model;
  private int[] prompt = {};

  @BeforeEach
  void load() {
    model =
        LanguageModel.load(
            Fixtures.path("models/llama-q8_0.gguf"), EngineOptions.defaults().withThreads(1));
    prompt = model.encode(PROMPT);
  }

  @AfterEach
  void close() {
    if (model != null) {
      model.close();
    }
  }

  @Test
  void penaltiesSeeThePromptHoweverItWasCut() {
    var penalized = SamplingOptions.greedy().withRepetitionPenalty(1.8f);
    try (var whole = model.newSession();
        var cut = model.newSession()) {
      whole.append(prompt);
      cut.append(Arrays.copyOf(prompt, prompt.length - 2));
      cut.append(Arrays.copyOfRange(prompt, prompt.length - 2, prompt.length));

      assertThat(ids(generate(cut, penalized, 24))).isEqualTo(ids(generate(whole, penalized, 24)));
    }
  }

  @Test
  void penaltiesSeeWhatWasGeneratedBefore() {
    var penalized = SamplingOptions.greedy().withPresencePenalty(8);
    try (var whole = model.newSession();
        var resumed = model.newSession()) {
      whole.append(prompt);
      resumed.append(prompt);
      var expected = ids(generate(whole, penalized, 40));

      var first = ids(generate(resumed, penalized, 20));
      resumed.advance(first.getLast());
      var all = new ArrayList<>(first);
      all.addAll(ids(generate(resumed, penalized, 20)));

      assertThat(all).isEqualTo(expected);
    }
  }

  @Test
  void penaltiesForgetWhatWasTruncated() {
    var penalized = SamplingOptions.greedy().withPresencePenalty(8);
    try (var fresh = model.newSession();
        var reused = model.newSession()) {
      fresh.append(prompt);
      reused.append(prompt);
      generate(reused, penalized, 12);

      reused.truncate(prompt.length - 1);
      reused.append(new int[] {prompt[prompt.length - 1]});

      assertThat(ids(generate(reused, penalized, 12)))
          .isEqualTo(ids(generate(fresh, penalized, 12)));
    }
  }

  private static List<GeneratedToken> generate(Session session, SamplingOptions options, int most) {
    var tokens = new ArrayList<GeneratedToken>();
    session.generate(options, most, tokens::add);
    return tokens;
  }

  private static List<Integer> ids(List<GeneratedToken> tokens) {
    return tokens.stream().map(GeneratedToken::id).filter(id -> id >= 0).toList();
  }
}
