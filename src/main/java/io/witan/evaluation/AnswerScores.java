package io.witan.evaluation;

import java.util.List;

/**
 * How answers to questions with known sources came out.
 *
 * @param rightFirst part of the questions whose first citation is of a right file
 * @param rightAmongThree part with a right file among the first three citations
 * @param refused part that was refused although the corpus answers it
 * @param refusedForeign part that was refused of a corpus that does not answer it; -1 if not asked
 * @param meanMillis of an answer
 */
public record AnswerScores(
    String organisation,
    int documents,
    int failed,
    int questions,
    double rightFirst,
    double rightAmongThree,
    double refused,
    double refusedForeign,
    double meanMillis) {

  /** All together, weighted by questions. */
  public static AnswerScores total(List<AnswerScores> parts) {
    int questions = parts.stream().mapToInt(AnswerScores::questions).sum();
    return new AnswerScores(
        "all",
        parts.stream().mapToInt(AnswerScores::documents).sum(),
        parts.stream().mapToInt(AnswerScores::failed).sum(),
        questions,
        mean(parts, questions, AnswerScores::rightFirst),
        mean(parts, questions, AnswerScores::rightAmongThree),
        mean(parts, questions, AnswerScores::refused),
        mean(parts, questions, AnswerScores::refusedForeign),
        mean(parts, questions, AnswerScores::meanMillis));
  }

  private static double mean(
      List<AnswerScores> parts,
      int questions,
      java.util.function.ToDoubleFunction<AnswerScores> value) {
    return parts.stream().mapToDouble(part -> part.questions() * value.applyAsDouble(part)).sum()
        / Math.max(1, questions);
  }
}
