package io.witan.evaluation;

import java.util.List;
import java.util.Set;

/**
 * How well documents were ranked, as means over queries.
 *
 * @param refused part of the queries that the abstention rule would not have answered
 */
public record RankingScores(
    String set,
    int queries,
    double recallAt1,
    double recallAt5,
    double recallAt10,
    double ndcgAt10,
    double mrrAt10,
    double refused) {

  /** What was found for one query: distinct documents, best first. */
  public record Ranking(List<String> documents, Set<String> relevant, boolean answerable) {}

  public static RankingScores of(String set, List<Ranking> rankings) {
    return new RankingScores(
        set,
        rankings.size(),
        mean(rankings, it -> recall(it, 1)),
        mean(rankings, it -> recall(it, 5)),
        mean(rankings, it -> recall(it, 10)),
        mean(rankings, RankingScores::ndcg),
        mean(rankings, RankingScores::reciprocalRank),
        mean(rankings, it -> it.answerable() ? 0 : 1));
  }

  private static double mean(
      List<Ranking> rankings, java.util.function.ToDoubleFunction<Ranking> score) {
    return rankings.stream().mapToDouble(score).average().orElse(0);
  }

  private static double recall(Ranking ranking, int depth) {
    long found =
        ranking.documents().stream().limit(depth).filter(ranking.relevant()::contains).count();
    return (double) found / ranking.relevant().size();
  }

  private static double ndcg(Ranking ranking) {
    double gain = 0;
    double ideal = 0;
    for (int place = 0; place < 10; place++) {
      double discounted = Math.log(2) / Math.log(place + 2);
      if (place < ranking.documents().size()
          && ranking.relevant().contains(ranking.documents().get(place))) {
        gain += discounted;
      }
      if (place < ranking.relevant().size()) {
        ideal += discounted;
      }
    }
    return gain / ideal;
  }

  private static double reciprocalRank(Ranking ranking) {
    for (int place = 0; place < Math.min(10, ranking.documents().size()); place++) {
      if (ranking.relevant().contains(ranking.documents().get(place))) {
        return 1.0 / (place + 1);
      }
    }
    return 0;
  }
}
