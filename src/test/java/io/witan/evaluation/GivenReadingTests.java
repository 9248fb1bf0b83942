package io.witan.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.witan.chat.AnswerBlock;
import io.witan.chat.Citation;
import io.witan.chat.GivenAnswers;
import io.witan.chat.Question;
import io.witan.chat.writing.ScriptedGenerator;
import io.witan.evaluation.AskedQuestion.GivenText;
import io.witan.models.Embedders;
import io.witan.models.ModelSettings;
import io.witan.retrieval.GivenPassages;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GivenReadingTests {
  private static Embedders embedders;

  private final ScriptedGenerator generator = new ScriptedGenerator();

  @BeforeAll
  static void load() {
    embedders = Embedders.load(ModelSettings.defaults());
  }

  @AfterAll
  static void close() throws Exception {
    embedders.close();
  }

  private static final AskedQuestion LEASE =
      question(true, "When does the lease of the warehouse end?", "31 May 2031");
  private static final AskedQuestion MOON = question(false, "Who first walked on the moon?");

  @Test
  void aModelIsAskedAsTheChatAsksAndItsWordsAreJudged() {
    generator.pieces = List.of("The lease ends on ", "31 May 2031 [1].");

    var row = evaluate(LEASE);

    assertThat(generator.prompts())
        .contains("Answer the question from the numbered passages only")
        .contains("<passage number=\"1\">\nWarehouse\n\nThe lease of the warehouse ends")
        .contains("<passage number=\"2\">\nCanteen")
        .endsWith("<question>\n" + LEASE.text() + "\n</question>\n");
    var model = model(row);
    // "lease ends on 31 may 2031": 3 of 6 words, 3 of 3
    assertThat(model.f1()).isEqualTo(6.0 / 9);
    assertThat(model.wrong()).isZero();
    assertThat(model.citationsRight()).isEqualTo(1);
    assertThat(model.characters()).isEqualTo("The lease ends on 31 May 2031.".length());
  }

  @Test
  void aModelIsAskedEvenWhereTheSearchWouldRefuseAndMayRefuseItself() {
    generator.pieces = List.of("NOT-IN-DOCUMENTS");

    var row = evaluate(MOON);

    assertThat(generator.requests()).hasSize(1);
    assertThat(model(row).refusedUnanswerable()).isEqualTo(1);
    assertThat(row.quotes().refusedUnanswerable()).isEqualTo(1);
  }

  @Test
  void quotesStandInForWordsThatRestOnNothing() {
    generator.pieces = List.of("I think it is in 1999.");

    var row = evaluate(LEASE);

    assertThat(model(row).quoted()).isEqualTo(1);
    assertThat(model(row).holds()).isEqualTo(1);
    assertThat(row.quotes().holds()).isEqualTo(1);
    assertThat(row.quotes().quoted()).isZero();
  }

  @Test
  void aModelThatShowsQuotesIsShownWithTheWordsThatItsAnswersRestOn() {
    generator.pieces = List.of("It ends in 2031 [1], in May [1]. Lunch is at noon [2].");
    generator.showsQuotes = true;
    var texts = LEASE.passages();

    var answer =
        new GivenAnswers(embedders, generator)
            .ask(
                Question.of(LEASE.text()),
                new GivenPassages(embedders).rank(LEASE.text(), Pieces.of(texts)));

    assertThat(answer.blocks())
        .extracting(AnswerBlock::kind, AnswerBlock::text)
        .containsExactly(
            tuple(AnswerBlock.Kind.TEXT, "It ends in 2031 [1], in May [1]. Lunch is at noon [2]."),
            tuple(AnswerBlock.Kind.QUOTE, texts.get(1).text()),
            tuple(AnswerBlock.Kind.QUOTE, texts.get(0).text()));
    assertThat(answer.citations())
        .extracting(Citation::number, Citation::quote)
        .containsExactly(
            tuple(1, texts.get(1).text()),
            tuple(2, texts.get(0).text()),
            tuple(3, texts.get(1).text()),
            tuple(4, texts.get(0).text()));
    assertThat(answer.blocks().get(1).citations()).containsExactly(3);
  }

  private QuestionReport.Row evaluate(AskedQuestion question) {
    var reading =
        new GivenReading(
            embedders, new GivenAnswers(embedders, generator), new GivenAnswers(embedders, null));
    return reading
        .evaluate(List.of(new QuestionSet("s", List.of(question))), line -> {})
        .rows()
        .getFirst();
  }

  private static QuestionScores model(QuestionReport.Row row) {
    return Objects.requireNonNull(row.model());
  }

  private static AskedQuestion question(boolean answerable, String text, String... answers) {
    return new AskedQuestion(
        "q",
        "en",
        "s",
        text,
        List.of(
            new GivenText("Canteen", "Lunch is served in the canteen from noon to two o'clock."),
            new GivenText("Warehouse", "The lease of the warehouse ends on 31 May 2031.")),
        new AcceptedAnswers(
            false, List.of(answers).stream().map(it -> List.of(AnswerText.of(it))).toList()),
        answerable,
        Set.of(),
        List.of());
  }
}
