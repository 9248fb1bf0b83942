package io.witan.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.witan.evaluation.AskedQuestion.GivenText;
import io.witan.evaluation.QuestionReport.Both;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Cases reckoned by hand. */
class QuestionScoresTests {
  private static final List<GivenText> PASSAGES =
      List.of(
          new GivenText("Lease", "The lease ends on 31 May 2031."),
          new GivenText("Rent", "Rent is due monthly."));

  @Test
  void answersRefusalsAndCitationsAreCounted() {
    var scores =
        QuestionScores.of(
            List.of(
                // exact, one of two citations holds the answer
                judged(question("en", true, "31 May 2031"), said("31 May 2031", 0, 1)),
                // says it in eight words: F1 2 * 3 / (8 + 3)
                judged(
                    question("en", true, "31 May 2031"), said("It will be over on 31 May 2031", 0)),
                // refused although it could be answered
                judged(question("en", true, "monthly"), refused()),
                // another answer
                judged(question("en", true, "monthly"), said("weekly", 1)),
                judged(question("en", false), refused()),
                judged(question("en", false), said("42", 1))));

    assertThat(scores.questions()).isEqualTo(6);
    assertThat(scores.answerable()).isEqualTo(4);
    assertThat(scores.f1()).isCloseTo((1 + 6.0 / 11) / 4, within(1e-9));
    assertThat(scores.exact()).isEqualTo(0.25);
    assertThat(scores.holds()).isEqualTo(0.5);
    assertThat(scores.refusedUnanswerable()).isEqualTo(0.5);
    assertThat(scores.refusedAnswerable()).isEqualTo(0.25);
    assertThat(scores.wrong()).isEqualTo(0.5); // weekly and 42 of four
    assertThat(scores.citationsRight()).isEqualTo(0.75); // not 42's: nothing answers it
    assertThat(scores.characters()).isEqualTo((11 + 30 + 6 + 2) / 4.0);
    assertThat(scores.readPerSecond()).isEqualTo(50); // 100 tokens in 2 s each
    assertThat(scores.writtenPerSecond()).isEqualTo(20); // 10 in 0.5 s each
  }

  @Test
  void aCitationOfAPassageKnownToAnswerIsRightWhateverItsWords() {
    var question =
        new AskedQuestion(
            "q",
            "en",
            "s",
            "Why?",
            PASSAGES,
            accepted("in other words"),
            true,
            Set.of(1),
            List.of());

    assertThat(judged(question, said("whatever", 1)).citationsRight()).isEqualTo(1);
    assertThat(judged(question, said("whatever", 0)).citationsRight()).isZero();
  }

  @Test
  void citationsAreNotJudgedWhereNobodyKnowsWhichPassageAnswers() {
    assertThat(judged(question("en", true, "nowhere"), said("x", 0, 1)).citations()).isZero();
  }

  @Test
  void theGateIsPassedWhenEveryFigureIsReached() {
    var english = judged(question("en", true, "monthly"), said("monthly", 1));
    var chinese = judged(question("zh", true, "monthly"), said("monthly", 1));
    var unanswerable = judged(question("en", false), refused());
    var wrong = judged(question("en", false), said("42", 1));

    assertThat(gate(english, chinese, unanswerable).passed()).isTrue();
    // nobody asked what cannot be answered
    assertThat(gate(english, chinese).passed()).isFalse();
    // one of three answers is wrong, one of two unanswerable questions refused
    var failed = gate(english, chinese, unanswerable, wrong);
    assertThat(failed.rules().stream().filter(rule -> !rule.passed()))
        .extracting(ReadingGate.Rule::name)
        .containsExactly("wrong of answered", "refused of unanswerable");
  }

  @Test
  void reportsHaveALineForEachSetAndEachLanguage() {
    var english = judged(question("en", true, "monthly"), said("monthly", 1));
    var across = judged(question("zh->en", true, "monthly"), said("monthly", 1));

    var report =
        QuestionReport.of(
            List.of(new Both("one", english, english), new Both("two", across, across)));

    assertThat(report.rows())
        .extracting(QuestionReport.Row::name)
        .containsExactly("one", "two", "English", "Chinese", "all");
    assertThat(report.rows())
        .extracting(row -> row.quotes().questions())
        .containsExactly(1, 1, 1, 0, 2);
  }

  private static ReadingGate gate(Judgement... judgements) {
    return QuestionReport.of(
            List.of(judgements).stream().map(it -> new Both("set", it, it)).toList())
        .gate();
  }

  private static Judgement judged(AskedQuestion question, Reply reply) {
    return Judgement.of(question, reply);
  }

  private static AskedQuestion question(String language, boolean answerable, String... answers) {
    return new AskedQuestion(
        "q", language, "s", "When?", PASSAGES, accepted(answers), answerable, Set.of(), List.of());
  }

  private static AcceptedAnswers accepted(String... answers) {
    return new AcceptedAnswers(
        false, List.of(answers).stream().map(it -> List.of(AnswerText.of(it))).toList());
  }

  private static Reply said(String text, int... cited) {
    var passages = java.util.Arrays.stream(cited).mapToObj(i -> PASSAGES.get(i).text()).toList();
    return new Reply(text, false, false, passages, 100, 2, 10, 0.5);
  }

  private static Reply refused() {
    return new Reply("", true, false, List.of(), 100, 2, 10, 0.5);
  }
}
