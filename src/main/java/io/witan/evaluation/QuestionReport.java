package io.witan.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How questions came out, data set by data set and then all of a language and all together.
 *
 * @param gate of the model, or of quotes if no model was asked
 */
public record QuestionReport(List<Row> rows, ReadingGate gate) {
  public QuestionReport {
    rows = List.copyOf(rows);
  }

  /**
   * One data set.
   *
   * @param model null if none was asked
   */
  public record Row(String name, @Nullable QuestionScores model, QuestionScores quotes) {
    QuestionScores judged() {
      return model == null ? quotes : model;
    }
  }

  /** A question as a model and as quotes answered it. */
  record Both(String set, @Nullable Judgement model, Judgement quotes) {}

  static QuestionReport of(List<Both> all) {
    var rows = new ArrayList<Row>();
    all.stream()
        .map(Both::set)
        .distinct()
        .forEach(set -> rows.add(row(set, all, it -> it.set().equals(set))));
    var english = row("English", all, it -> it.quotes().question().isEnglish());
    var chinese = row("Chinese", all, it -> it.quotes().question().isChinese());
    var every = row("all", all, it -> true);
    rows.addAll(List.of(english, chinese, every));
    return new QuestionReport(
        rows,
        ReadingGate.of(
            english.judged(),
            chinese.judged(),
            every.judged(),
            english.quotes(),
            chinese.quotes(),
            every.quotes()));
  }

  private static Row row(String name, List<Both> all, Predicate<Both> which) {
    var some = all.stream().filter(which).toList();
    boolean modelAsked = all.stream().anyMatch(it -> it.model() != null);
    return new Row(name, modelAsked ? scores(some, Both::model) : null, scores(some, Both::quotes));
  }

  private static QuestionScores scores(
      List<Both> some, Function<Both, @Nullable Judgement> judgement) {
    var judgements = new ArrayList<Judgement>();
    for (var one : some) {
      var judged = judgement.apply(one);
      if (judged != null) {
        judgements.add(judged);
      }
    }
    return QuestionScores.of(judgements);
  }
}
