package io.witan.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.witan.evaluation.RankingScores.Ranking;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RankingScoresTests {

  @Test
  void scoreOneRelevantDocumentAtTheThirdPlace() {
    var scores =
        RankingScores.of("s", List.of(new Ranking(List.of("a", "b", "c"), Set.of("c"), true)));

    assertThat(scores.recallAt1()).isZero();
    assertThat(scores.recallAt5()).isEqualTo(1);
    assertThat(scores.mrrAt10()).isCloseTo(1.0 / 3, within(1e-9));
    assertThat(scores.ndcgAt10()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void scoreSeveralRelevantDocuments() {
    var scores =
        RankingScores.of(
            "s", List.of(new Ranking(List.of("a", "x", "b"), Set.of("a", "b", "c"), false)));

    assertThat(scores.recallAt10()).isCloseTo(2.0 / 3, within(1e-9));
    assertThat(scores.ndcgAt10()).isCloseTo(1.5 / 2.1309297535714578, within(1e-9));
    assertThat(scores.refused()).isEqualTo(1);
  }

  @Test
  void regressionFindsTheWeightsThatMadeTheLabels() {
    var random = new Random(5);
    double[][] features = new double[4000][2];
    boolean[] labels = new boolean[features.length];
    double[] importance = new double[features.length];
    for (int i = 0; i < features.length; i++) {
      features[i] = new double[] {random.nextDouble(), random.nextDouble()};
      double p = LogisticRegression.probability(new double[] {-3, 2, 5}, features[i]);
      labels[i] = random.nextDouble() < p;
      importance[i] = 1;
    }

    double[] fitted = LogisticRegression.fit(features, labels, importance);

    assertThat(fitted).containsExactly(new double[] {-3, 2, 5}, within(0.6));
  }
}
