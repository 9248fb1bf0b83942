package io.witan.evaluation;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * How questions with passages came out; parts are 0 to 1, and -1 where there is nothing to divide.
 *
 * @param f1 mean over the answerable ones, refused ones as 0
 * @param exact part of the answerable ones
 * @param holds part of the answerable ones whose answer says an accepted one
 * @param refusedUnanswerable part of those
 * @param refusedAnswerable part of those
 * @param wrong part of the answered ones, unanswerable ones that were answered included
 * @param citationsRight part of the citations that point to a passage which holds an answer
 * @param quoted part of all where quotes stand in for what a model wrote
 * @param characters of an answer
 * @param readPerSecond prompt tokens; 0 without a model
 * @param writtenPerSecond tokens of answers; 0 without a model
 */
public record QuestionScores(
    int questions,
    int answerable,
    double f1,
    double exact,
    double holds,
    double refusedUnanswerable,
    double refusedAnswerable,
    double wrong,
    double citationsRight,
    double quoted,
    double characters,
    double readPerSecond,
    double writtenPerSecond) {

  static QuestionScores of(List<Judgement> all) {
    var answerable = all.stream().filter(it -> it.question().answerable()).toList();
    var unanswerable = all.stream().filter(it -> !it.question().answerable()).toList();
    var answered = all.stream().filter(it -> !it.reply().refused()).toList();
    double read = sum(all, it -> it.reply().readSeconds());
    double written = sum(all, it -> it.reply().writeSeconds());
    return new QuestionScores(
        all.size(),
        answerable.size(),
        share(sum(answerable, Judgement::f1), answerable.size()),
        part(answerable, Judgement::exact),
        part(answerable, Judgement::holds),
        part(unanswerable, it -> it.reply().refused()),
        part(answerable, it -> it.reply().refused()),
        part(answered, Judgement::wrong),
        share(sum(all, Judgement::citationsRight), sum(all, Judgement::citations)),
        part(all, it -> it.reply().quoted()),
        share(sum(answered, it -> it.reply().text().length()), answered.size()),
        read == 0 ? 0 : sum(all, it -> it.reply().readTokens()) / read,
        written == 0 ? 0 : sum(all, it -> it.reply().writtenTokens()) / written);
  }

  private static double part(List<Judgement> all, Predicate<Judgement> which) {
    return share(all.stream().filter(which).count(), all.size());
  }

  private static double share(double part, double all) {
    return all == 0 ? -1 : part / all;
  }

  private static double sum(List<Judgement> all, ToDoubleFunction<Judgement> value) {
    return all.stream().mapToDouble(value).sum();
  }
}
