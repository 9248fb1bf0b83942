package io.witan.evaluation;

import io.witan.chat.Answer;
import io.witan.chat.Citation;
import io.witan.chat.GivenAnswers;
import io.witan.chat.Question;
import io.witan.evaluation.QuestionReport.Both;
import io.witan.models.Embedders;
import io.witan.retrieval.GivenPassages;
import io.witan.retrieval.SearchResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures the reading alone: each question is asked of its own passages, through the chat's prompt
 * and its reading of what a model writes, without a database.
 */
public final class GivenReading {
  private final Embedders embedders;
  private final @Nullable GivenAnswers model;
  private final GivenAnswers quotes;

  /**
   * @param model null to measure quotes only
   */
  public GivenReading(Embedders embedders, @Nullable GivenAnswers model, GivenAnswers quotes) {
    this.embedders = embedders;
    this.model = model;
    this.quotes = quotes;
  }

  /**
   * Asks all questions.
   *
   * @param progress told one line now and then
   */
  public QuestionReport evaluate(List<QuestionSet> sets, Consumer<String> progress) {
    var all = new ArrayList<Both>();
    for (var set : sets) {
      all.addAll(evaluate(set, progress));
    }
    return QuestionReport.of(all);
  }

  /** Words are rare or not in the passages of the whole set, as in a collection. */
  private List<Both> evaluate(QuestionSet set, Consumer<String> progress) {
    var given = new GivenPassages(embedders);
    set.questions().stream()
        .flatMap(question -> question.passages().stream())
        .distinct()
        .flatMap(text -> Pieces.of(List.of(text)).stream())
        .forEach(piece -> given.tell(piece.words()));
    var pace = new Pace(set, progress);
    var done = new ArrayList<Both>();
    for (var question : set.questions()) {
      done.add(ask(set.name(), question, given));
      pace.done();
    }
    return done;
  }

  private Both ask(String set, AskedQuestion question, GivenPassages given) {
    var found = given.rank(question.text(), Pieces.of(question.passages()));
    var writer = model;
    return new Both(
        set,
        writer == null ? null : judge(question, writer, found),
        judge(question, quotes, found));
  }

  private static Judgement judge(AskedQuestion question, GivenAnswers answers, SearchResult found) {
    var earlier = question.earlier().stream().map(AskedQuestion.Exchange::question).toList();
    var turns =
        question.earlier().stream()
            .map(turn -> new Question.Turn(turn.question(), turn.answer()))
            .toList();
    var asked = new Question(question.text(), earlier, null, null, turns, 0);
    Answer answer = answers.ask(asked, found);
    return Judgement.of(question, Reply.of(answer, it -> passage(question, it)));
  }

  private static String passage(AskedQuestion question, Citation citation) {
    for (int number = 0; number < question.passages().size(); number++) {
      if (GivenPassages.textVersion(number).value().equals(citation.textVersionId())) {
        return question.passages().get(number).text();
      }
    }
    return "";
  }
}
