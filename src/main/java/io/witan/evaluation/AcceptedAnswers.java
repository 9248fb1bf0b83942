package io.witan.evaluation;

import java.util.List;

/**
 * The answers that are right: alternatives of which one is enough, or values of which each is
 * needed, every one with its alternatives.
 */
record AcceptedAnswers(boolean all, List<List<AnswerText>> values) {
  /** An answer of so many words or more is a text in its own words, not a span. */
  private static final int LONG_WORDS = 20;

  private static final double NEAR = 0.5;
  private static final double NEAR_LONG = 0.3;

  AcceptedAnswers {
    values = List.copyOf(values);
  }

  /** The best agreement with one of them, or with all of them together. */
  double f1(AnswerText answer) {
    if (!all) {
      return best(answer, values.stream().flatMap(List::stream).toList());
    }
    var first = values.stream().flatMap(value -> value.stream().limit(1)).toList();
    var joined = first.stream().flatMap(text -> text.words().stream()).toList();
    return answer.f1(new AnswerText(joined));
  }

  private static double best(AnswerText answer, List<AnswerText> accepted) {
    return accepted.stream().mapToDouble(answer::f1).max().orElse(0);
  }

  boolean exact(AnswerText answer) {
    return all
        ? f1(answer) == 1
        : values.stream().flatMap(List::stream).anyMatch(accepted -> accepted.is(answer));
  }

  /** Whether a text says one of them, or all where all are needed. */
  boolean in(AnswerText text) {
    return all
        ? !values.isEmpty() && values.stream().allMatch(value -> value.stream().anyMatch(text::has))
        : inPart(text);
  }

  /** Whether a text says at least one of them. */
  boolean inPart(AnswerText text) {
    return values.stream().flatMap(List::stream).anyMatch(text::has);
  }

  /**
   * Whether an answer may pass: it says what is accepted, or nearly; an accepted text in own words
   * need only be resembled.
   */
  boolean right(AnswerText answer) {
    boolean isLong =
        values.stream().flatMap(List::stream).anyMatch(it -> it.words().size() >= LONG_WORDS);
    return in(answer) || f1(answer) >= (isLong ? NEAR_LONG : NEAR);
  }
}
