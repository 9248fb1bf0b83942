package io.witan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

  static List<SamplingOptions> randomOptions() {
    var warm = SamplingOptions.greedy().withTemperature(1.5f);
    return List.of(
        warm,
        warm.withTopK(5),
        warm.withTopP(0.9f),
        warm.withMinP(0.02f),
        SamplingOptions.varied(0).withTemperature(1.5f));
  }

  @ParameterizedTest
  @MethodSource("randomOptions")
  void aSeedDecidesWhatIsGenerated(SamplingOptions options) {
    var first = generateFresh(options.withSeed(1), 24);

    assertThat(first).hasSize(24);
    assertThat(generateFresh(options.withSeed(1), 24)).isEqualTo(first);
    assertThat(generateFresh(options.withSeed(2), 24)).isNotEqualTo(first);
  }

  @Test
  void filtersOnlyLetTheLikeliestThrough() {
    var warm = SamplingOptions.greedy().withTemperature(3).withSeed(7);
    for (var options : List.of(warm.withTopK(3), warm.withTopP(0.6f), warm.withMinP(0.3f))) {
      var ids = generateFresh(options, 32);
      int surprises = 0;
      try (var session = model.newSession()) {
        session.append(prompt);
        for (int id : ids) {
          double[] probabilities = probabilities(session.logits());
          double above = Arrays.stream(probabilities).filter(p -> p > probabilities[id]).sum();
          long rank = Arrays.stream(probabilities).filter(p -> p > probabilities[id]).count();
          double largest = Arrays.stream(probabilities).max().orElseThrow();
          assertThat(options.topK() == 0 || rank < options.topK()).as("top-k").isTrue();
          assertThat(options.topP() == 1 || above < options.topP()).as("top-p").isTrue();
          assertThat(probabilities[id] / largest).as("min-p").isGreaterThan(options.minP() - 1e-6);
          surprises += rank > 0 ? 1 : 0;
          session.advance(id);
        }
      }
      assertThat(surprises).as("tokens that are not the likeliest").isPositive();
    }
  }

  @Test
  void oneCandidateOrNoTemperatureIsGreedy() {
    var expected = generateFresh(SamplingOptions.greedy(), 24);

    assertThat(generateFresh(SamplingOptions.varied(3).withTopK(1), 24)).isEqualTo(expected);
    assertThat(generateFresh(SamplingOptions.varied(3).withTemperature(0), 24)).isEqualTo(expected);
    assertThat(generateFresh(SamplingOptions.varied(3).withMinP(1), 24)).isEqualTo(expected);
  }

  @Test
  void repetitionPenaltyChangesTheLogitsOfAllTokensSoFar() {
    float penalty = 1.5f;
    var expected = new ArrayList<Integer>();
    var seen = Arrays.stream(prompt).boxed().collect(Collectors.toCollection(HashSet::new));
    try (var session = model.newSession()) {
      session.append(prompt);
      for (int i = 0; i < 40; i++) {
        float[] logits = session.logits().clone();
        for (int token : seen) {
          logits[token] = logits[token] > 0 ? logits[token] / penalty : logits[token] * penalty;
        }
        int best = likeliest(logits);
        expected.add(best);
        seen.add(best);
        session.advance(best);
      }
    }

    assertThat(generateFresh(SamplingOptions.greedy().withRepetitionPenalty(penalty), 40))
        .isEqualTo(expected)
        .isNotEqualTo(generateFresh(SamplingOptions.greedy(), 40));
  }

  @Test
  void aStopStringEndsTheTextWhereverTokensEnd() {
    String whole = text(generateAll(SamplingOptions.greedy(), 40));
    for (int at = 3; at + 4 < whole.length(); at += 5) {
      String stop = whole.substring(at, at + 4);
      var tokens = new ArrayList<GeneratedToken>();
      try (var session = model.newSession()) {
        session.append(prompt);

        var reason =
            session.generate(
                SamplingOptions.greedy().withStop(List.of("never comes", stop)), 40, tokens::add);

        assertThat(text(tokens)).isEqualTo(whole.substring(0, whole.indexOf(stop)));
        assertThat(reason).isEqualTo(FinishReason.STOP);
      }
    }
  }

  @Test
  void aTextThatOnlyBeginsLikeAStopStringIsWhole() {
    String whole = text(generateAll(SamplingOptions.greedy(), 12));
    String almost = whole.substring(whole.length() - 3) + "!";

    var tokens = generateAll(SamplingOptions.greedy().withStop(List.of(almost)), 12);

    assertThat(text(tokens)).isEqualTo(whole);
  }

  @Test
  void logProbabilitiesAreTheLogarithmOfTheSoftmax() {
    var options = SamplingOptions.varied(11).withTemperature(2).withLogProbabilities(5);
    var tokens = generateAll(options.withRepetitionPenalty(1.3f), 24);
    try (var session = model.newSession()) {
      session.append(prompt);
      for (var token : tokens) {
        double[] probabilities = probabilities(session.logits());
        assertThat((double) token.logProbability())
            .isCloseTo(Math.log(probabilities[token.id()]), within(1e-5));
        var expected =
            IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -probabilities[i]))
                .limit(5)
                .toList();
        assertThat(token.likeliest())
            .extracting(GeneratedToken.Alternative::id)
            .isEqualTo(expected);
        for (var other : token.likeliest()) {
          assertThat((double) other.logProbability())
              .isCloseTo(Math.log(probabilities[other.id()]), within(1e-5));
        }
        session.advance(token.id());
      }
    }
  }

  @Test
  void logProbabilitiesAreNotReportedUnasked() {
    assertThat(generateAll(SamplingOptions.greedy(), 4))
        .allMatch(token -> Float.isNaN(token.logProbability()) && token.likeliest().isEmpty());
  }

  private List<Integer> generateFresh(SamplingOptions options, int most) {
    return ids(generateAll(options, most));
  }

  private List<GeneratedToken> generateAll(SamplingOptions options, int most) {
    try (var session = model.newSession()) {
      session.append(prompt);
      return generate(session, options, most);
    }
  }

  /** The softmax, in double. */
  private static double[] probabilities(float[] logits) {
    var probabilities = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = Math.exp((double) logits[i] - logits[likeliest(logits)]);
      sum += probabilities[i];
    }
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] /= sum;
    }
    return probabilities;
  }

  private static int likeliest(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }

  private static String text(List<GeneratedToken> tokens) {
    return tokens.stream().map(GeneratedToken::text).collect(Collectors.joining());
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
