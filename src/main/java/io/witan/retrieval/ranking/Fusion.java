package io.witan.retrieval.ranking;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Orders candidates by words and meaning together. */
public final class Fusion {

  /**
   * A candidate with the score that orders it.
   *
   * @param byMeaning its place, 1 for the best, by vectors alone; null without a vector
   * @param byWords its place by words alone; null if it has none of them
   */
  public record Ranked(
      Candidate candidate, double score, @Nullable Integer byMeaning, @Nullable Integer byWords) {}

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
    var byMeaning = places(candidates, Candidate::cosine);
    var byWords = places(candidates, Candidate::bm25);
    return candidates.stream()
        .map(
            it -> {
              double words = bestWords == 0 ? 0 : it.bm25() / bestWords;
              double meaning =
                  (it.cosine() - cosines.getMin())
                      / Math.max(1e-9, cosines.getMax() - cosines.getMin());
              return new Ranked(
                  it,
                  weight * meaning + (1 - weight) * words,
                  byMeaning.get(it.passage()),
                  byWords.get(it.passage()));
            })
        .sorted(
            Comparator.comparingDouble(Ranked::score)
                .reversed()
                .thenComparing(ranked -> ranked.candidate().passage()))
        .toList();
  }

  /** Places by one measure, equals sharing the better one; those without it have none. */
  private static Map<UUID, Integer> places(
      List<Candidate> candidates, ToDoubleFunction<Candidate> measure) {
    var sorted =
        candidates.stream()
            .filter(it -> measure.applyAsDouble(it) > 0)
            .sorted(Comparator.comparingDouble(measure).reversed())
            .toList();
    var places = new HashMap<UUID, Integer>();
    int place = 0;
    for (int i = 0; i < sorted.size(); i++) {
      boolean same =
          i > 0 && measure.applyAsDouble(sorted.get(i)) == measure.applyAsDouble(sorted.get(i - 1));
      place = same ? place : i + 1;
      places.put(sorted.get(i).passage(), place);
    }
    return places;
  }
}
