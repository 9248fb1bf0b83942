package io.witan.evaluation;

import java.util.List;

/**
 * What a model must reach with given passages before it may write by default.
 *
 * @param rules in the order in which they are shown
 */
public record ReadingGate(List<Rule> rules) {
  public ReadingGate {
    rules = List.copyOf(rules);
  }

  /**
   * One figure that it must reach.
   *
   * @param bound at least this, or at most if {@code most}
   * @param value -1 if nothing was asked that tells
   * @param quotes what quotes reach
   */
  public record Rule(String name, boolean most, double bound, double value, double quotes) {
    /** What was not measured was not reached. */
    public boolean passed() {
      return value >= 0 && (most ? value <= bound : value >= bound);
    }
  }

  public boolean passed() {
    return rules.stream().allMatch(Rule::passed);
  }

  static ReadingGate of(
      QuestionScores english,
      QuestionScores chinese,
      QuestionScores all,
      QuestionScores englishQuotes,
      QuestionScores chineseQuotes,
      QuestionScores quotes) {
    return new ReadingGate(
        List.of(
            new Rule("F1, English", false, 0.5, english.f1(), englishQuotes.f1()),
            new Rule("F1, Chinese", false, 0.5, chinese.f1(), chineseQuotes.f1()),
            new Rule("wrong of answered", true, 0.15, all.wrong(), quotes.wrong()),
            new Rule(
                "refused of unanswerable",
                false,
                0.7,
                all.refusedUnanswerable(),
                quotes.refusedUnanswerable()),
            new Rule(
                "refused of answerable",
                true,
                0.2,
                all.refusedAnswerable(),
                quotes.refusedAnswerable()),
            new Rule(
                "citations right", false, 0.9, all.citationsRight(), quotes.citationsRight())));
  }
}
