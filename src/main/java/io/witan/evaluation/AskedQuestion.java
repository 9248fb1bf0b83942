package io.witan.evaluation;

import java.util.List;
import java.util.Set;

/**
 * A question with passages, and what is known of its answer.
 *
 * @param language of the question, or {@code question->passages} where they differ
 * @param gold places of the passages that are known to answer; empty if nobody said
 * @param earlier turns before it, oldest first: question and answer
 */
record AskedQuestion(
    String id,
    String language,
    String source,
    String text,
    List<GivenText> passages,
    AcceptedAnswers accepted,
    boolean answerable,
    Set<Integer> gold,
    List<Exchange> earlier) {
  AskedQuestion {
    passages = List.copyOf(passages);
    gold = Set.copyOf(gold);
    earlier = List.copyOf(earlier);
  }

  /** A passage that is given. */
  record GivenText(String title, String text) {}

  /** A turn before the question. */
  record Exchange(String question, String answer) {}

  boolean isEnglish() {
    return language.equals("en");
  }

  boolean isChinese() {
    return language.startsWith("zh") && !language.contains("->");
  }
}
