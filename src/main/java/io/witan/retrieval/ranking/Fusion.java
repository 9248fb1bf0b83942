package io.witan.retrieval.ranking;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Orders candidates by words and meaning together. */
public final class Fusion {

  /** A candidate with the score that orders it. */
  public record Ranked(Candidate candidate, double score) {}

  private static final double ENGLISH_SEMANTIC_WEIGHT = 0.5;
  private static final double CHINESE_SEMANTIC_WEIGHT = 0.45;

  private Fusion() {}

  /**
   * Best first.
   *
   * @param queryLanguage "en" or "zh"
   * @param semanticWeight 0 to 1; null for the weight that was measured to be best
   */
  public static List<Ranked> rank(
      List<Candidate> candidates, String queryLanguage, @Nullable Double semanticWeight) {
    double weight =
        semanticWeight != null
            ? Math.clamp(semanticWeight, 0, 1)
            : queryLanguage.equals("zh") ? CHINESE_SEMANTIC_WEIGHT : ENGLISH_SEMANTIC_WEIGHT;
    double bestWords = candidates.stream().mapToDouble(Candidate::bm25).max().orElse(0);
    var cosines = candidates.stream().mapToDouble(Candidate::cosine).summaryStatistics();
    return candidates.stream()
        .map(
            it -> {
              double words = bestWords == 0 ? 0 : it.bm25() / bestWords;
              double meaning =
                  (it.cosine() - cosines.getMin())
                      / Math.max(1e-9, cosines.getMax() - cosines.getMin());
              return new Ranked(it, weight * meaning + (1 - weight) * words);
            })
        .sorted(
            Comparator.comparingDouble(Ranked::score)
                .reversed()
                .thenComparing(ranked -> ranked.candidate().passage()))
        .toList();
  }
}
