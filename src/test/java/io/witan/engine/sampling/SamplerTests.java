package io.witan.engine.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.witan.engine.SamplingOptions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplerTests {
  private static final SamplingOptions PLAIN =
      SamplingOptions.greedy().withTemperature(1).withSeed(1);

  @Test
  void greedyTakesTheFirstOfTheLargest() {
    var sampler = new Sampler(SamplingOptions.greedy());
    assertThat(sampler.sample(new float[] {1, 3, 3, -2}).token()).isEqualTo(1);
    assertThat(sampler.sample(new float[] {Float.NaN, -5, Float.NEGATIVE_INFINITY}).token())
        .isEqualTo(1);
  }

  @Test
  void drawsAsOftenAsTheProbabilitySays() {
    float[] logits = {0, 1, 2, Float.NEGATIVE_INFINITY, -1, Float.NaN};
    for (float temperature : new float[] {0.5f, 1, 2}) {
      double[] expected = softmax(logits, temperature);
      double[] actual = frequencies(PLAIN.withTemperature(temperature), logits, 200_000);
      for (int i = 0; i < logits.length; i++) {
        assertThat(actual[i])
            .as("token %d at %s", i, temperature)
            .isCloseTo(expected[i], within(0.005));
      }
      assertThat(actual[3]).isZero();
      assertThat(actual[5]).isZero();
    }
  }

  @Test
  void filtersLeaveOutTheUnlikely() {
    float[] logits = logs(0.5, 0.25, 0.125, 0.0625, 0.0625);
    assertThat(support(PLAIN.withTopK(2), logits)).containsExactly(0, 1);
    assertThat(support(PLAIN.withTopK(99), logits)).hasSize(5);
    assertThat(support(PLAIN.withTopP(0.5f), logits)).containsExactly(0);
    assertThat(support(PLAIN.withTopP(0.7f), logits)).containsExactly(0, 1);
    assertThat(support(PLAIN.withTopP(0.76f), logits)).containsExactly(0, 1, 2);
    assertThat(support(PLAIN.withMinP(0.24f), logits)).containsExactly(0, 1, 2);
    assertThat(support(PLAIN.withMinP(0.26f), logits)).containsExactly(0, 1);
    assertThat(support(PLAIN.withTopK(3).withMinP(0.3f), logits)).containsExactly(0, 1);
    // of three kept by top-k, the first has 4/7: top-p looks at what top-k left
    assertThat(support(PLAIN.withTopK(3).withTopP(0.56f), logits)).containsExactly(0);
    assertThat(support(PLAIN.withTopP(0.56f), logits)).containsExactly(0, 1);
  }

  @Test
  void topPOfALargeVocabularyKeepsWhatASortWould() {
    var random = new Random(17);
    for (int round = 0; round < 40; round++) {
      float[] logits = new float[1 + random.nextInt(round < 30 ? 3000 : 20_000)];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = (float) random.nextGaussian() * (round % 4);
      }
      float wanted = 0.02f + 0.97f * random.nextFloat();
      double[] sorted = Arrays.stream(softmax(logits, 1)).map(p -> -p).sorted().toArray();
      int expected = 0;
      for (double sum = 0; sum < wanted && expected < sorted.length; expected++) {
        sum -= sorted[expected];
      }

      int[] tokens = new int[logits.length];
      var kept = new CandidateSet(logits, tokens, new float[logits.length]);
      kept.keepProbability(wanted);

      assertThat(kept.size()).isBetween(expected - 1, expected + 1);
      assertThat(Arrays.copyOf(tokens, kept.size()))
          .containsExactlyInAnyOrder(Likeliest.of(logits, kept.size()));
    }
  }

  @Test
  void theLikeliestComeInTheSameOrderHoweverManyAreWanted() {
    var random = new Random(23);
    float[] logits = new float[6000];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = i % 97 == 0 ? Float.NaN : random.nextInt(500) - 250;
    }
    int[] most = Likeliest.of(logits, 5000);
    assertThat(most).hasSize(5000);
    for (int count : new int[] {0, 1, 2, 63, 4096}) {
      assertThat(Likeliest.of(logits, count)).isEqualTo(Arrays.copyOf(most, count));
    }
  }

  @Test
  void theSameSeedGivesTheSameTokens() {
    float[] logits = logs(0.3, 0.3, 0.2, 0.2);
    assertThat(tokens(SamplingOptions.varied(5), logits))
        .isEqualTo(tokens(SamplingOptions.varied(5), logits));
    assertThat(tokens(SamplingOptions.varied(5), logits))
        .isNotEqualTo(tokens(SamplingOptions.varied(6), logits));
  }

  @Test
  void penaltiesApplyToRecentTokensOnce() {
    var options = SamplingOptions.greedy().withRepetitionPenalty(2).withLogProbabilities(1);
    var sampler = new Sampler(options);
    sampler.accept(0);
    sampler.accept(0);
    // 3 / 2 is more than 1.4: counted twice it would be less
    assertThat(sampler.sample(new float[] {3, 1.4f, -1}).token()).isZero();
    assertThat(sampler.sample(new float[] {3, 1.6f, -1}).token()).isEqualTo(1);

    var negative = new Sampler(options);
    negative.accept(0);
    assertThat(negative.sample(new float[] {-1, -1.5f}).token()).isEqualTo(1);

    var presence = new Sampler(SamplingOptions.greedy().withPresencePenalty(1));
    presence.accept(1);
    assertThat(presence.sample(new float[] {2, 2.9f}).token()).isZero();
  }

  @Test
  void tokensOutsideTheWindowAreForgotten() {
    var options = new SamplingOptions(1, 5, 2, 0, 1, 0, 0, 0, 0, List.of());
    var sampler = new Sampler(options);
    sampler.accept(0);
    sampler.accept(1);
    sampler.accept(2);
    assertThat(sampler.sample(new float[] {1, 3, 3}).token()).isZero();
  }

  @Test
  void logProbabilitiesAreTheModelsOwn() {
    var random = new Random(3);
    float[] logits = new float[1000];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) random.nextGaussian() * 4;
    }
    var options = SamplingOptions.varied(9).withTopK(3).withLogProbabilities(5);
    var sample = new Sampler(options).sample(logits);

    double[] expected = softmax(logits, 1);
    assertThat(sample.logProbability())
        .isCloseTo((float) Math.log(expected[sample.token()]), within(1e-4f));
    int[] likeliest =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -logits[i]))
            .limit(5)
            .mapToInt(Integer::intValue)
            .toArray();
    assertThat(sample.likeliest())
        .extracting(Sample.Candidate::token)
        .containsExactly(Arrays.stream(likeliest).boxed().toArray(Integer[]::new));
    for (var candidate : sample.likeliest()) {
      assertThat(candidate.logProbability())
          .isCloseTo((float) Math.log(expected[candidate.token()]), within(1e-4f));
    }
    assertThat(new Sampler(SamplingOptions.greedy()).sample(logits).logProbability()).isNaN();
  }

  @Test
  void logitsWithoutANumberAreRefused() {
    float[] none = {Float.NaN, Float.NEGATIVE_INFINITY};
    for (var options : List.of(SamplingOptions.greedy(), SamplingOptions.varied(1), PLAIN)) {
      assertThatThrownBy(() -> new Sampler(options).sample(none))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(new Sampler(PLAIN).sample(new float[] {1, Float.POSITIVE_INFINITY}).token())
        .isEqualTo(1);
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> PLAIN.withTopP(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PLAIN.withTemperature(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PLAIN.withTemperature(Float.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PLAIN.withStop(List.of("")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Integer> tokens(SamplingOptions options, float[] logits) {
    var sampler = new Sampler(options);
    return IntStream.range(0, 50).mapToObj(i -> sampler.sample(logits).token()).toList();
  }

  private static int[] support(SamplingOptions options, float[] logits) {
    var sampler = new Sampler(options);
    return IntStream.range(0, 3000)
        .map(i -> sampler.sample(logits).token())
        .sorted()
        .distinct()
        .toArray();
  }

  private static double[] frequencies(SamplingOptions options, float[] logits, int draws) {
    double[] counts = new double[logits.length];
    var sampler = new Sampler(options);
    for (int i = 0; i < draws; i++) {
      counts[sampler.sample(logits).token()] += 1.0 / draws;
    }
    return counts;
  }

  private static float[] logs(double... probabilities) {
    float[] logits = new float[probabilities.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) Math.log(probabilities[i]);
    }
    return logits;
  }

  private static double[] softmax(float[] logits, float temperature) {
    double[] probabilities = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = Float.isNaN(logits[i]) ? 0 : Math.exp(logits[i] / (double) temperature);
      sum += probabilities[i];
    }
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] /= sum;
    }
    return probabilities;
  }
}
