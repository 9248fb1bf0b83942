package io.witan.retrieval;

import java.util.List;

/**
 * Tells questions that the found passages answer from questions that they only resemble.
 *
 * <p>A logistic regression on two measures of the best passages. Its coefficients come from {@code
 * witan evaluate answerability}, which asks questions of their own corpus and of foreign ones;
 * docs/retrieval.md has the figures.
 */
public final class AnswerRule {
  /** How many of the best passages are looked at. */
  public static final int PASSAGES = 3;

  /**
   * Below this probability there is no answer. Less than one half: a question refused although it
   * could be answered costs more than quotes that miss it, which the reader can see.
   */
  public static final double THRESHOLD = 0.4;

  private static final Weights ENGLISH = new Weights(-13.41, 12.05, 19.70);
  private static final Weights CHINESE = new Weights(-23.51, 21.57, 34.32);

  private AnswerRule() {}

  /** Log-odds of an answer: {@code bias + coverage * c + cosine * s}. */
  private record Weights(double bias, double coverage, double cosine) {}

  /**
   * What speaks for an answer.
   *
   * @param language of the query; each has its own embedder, and so its own scale
   * @param coverage the largest part of the query's inverse document frequency in one passage
   * @param cosine the largest among passages in the language of the query; 0 if there is none
   */
  public record Evidence(String language, double coverage, double cosine) {

    /** 0 to 1. */
    public double probability() {
      var weights = language.equals(Language.CHINESE) ? CHINESE : ENGLISH;
      double odds = weights.bias + weights.coverage * coverage + weights.cosine * cosine;
      return 1 / (1 + Math.exp(-odds));
    }

    public boolean isEnough() {
      return probability() >= THRESHOLD;
    }
  }

  /**
   * The evidence in the best hits.
   *
   * @param hits best first; those after the first {@link #PASSAGES} do not matter
   */
  public static Evidence evidence(String query, List<Hit> hits) {
    var language = Language.ofQuery(query);
    var best = hits.subList(0, Math.min(PASSAGES, hits.size()));
    return new Evidence(
        language,
        best.stream().mapToDouble(hit -> hit.signals().coverage()).max().orElse(0),
        best.stream()
            .filter(hit -> hit.language().equals(language))
            .mapToDouble(hit -> hit.signals().cosine())
            .max()
            .orElse(0));
  }
}
