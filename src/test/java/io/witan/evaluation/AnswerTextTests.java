package io.witan.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Cases reckoned by hand. */
class AnswerTextTests {
  @Test
  void wordsAreThoseOfSquad() {
    assertThat(AnswerText.of("The U.S. Army's, \"first\" Tank — an M-4!").words())
        .containsExactly("us", "armys", "first", "tank", "m4");
    assertThat(AnswerText.of("$5,424 (or 12.5 %)").words()).containsExactly("5424", "or", "125");
  }

  @Test
  void eachChineseCharacterIsAWord() {
    assertThat(AnswerText.of("自１９８６年，IBM“参加”").words())
        .containsExactly("自", "1986", "年", "ibm", "参", "加");
  }

  @Test
  void f1IsTheHarmonicMeanOfPrecisionAndRecall() {
    // 2 of 4 words are right, 2 of 3 wanted ones are there: 2 * 2 / (4 + 3)
    assertThat(f1("the cat sat down here", "black cat sat")).isCloseTo(4.0 / 7, within(1e-9));
    // a word counts as often as it is wanted
    assertThat(f1("no no no", "no")).isCloseTo(2.0 / 4, within(1e-9));
    // 3 of 4 characters, 3 of 3: 2 * 3 / 7
    assertThat(f1("滨田省吾", "滨田省")).isCloseTo(6.0 / 7, within(1e-9));
    assertThat(f1("cat", "dog")).isZero();
    assertThat(f1("", "dog")).isZero();
    assertThat(f1("the", "a")).isEqualTo(1);
  }

  @Test
  void aTextHasAnotherOnlyInWholeWordsInOrder() {
    var text = AnswerText.of("The lease ends on 31 May 2031.");

    assertThat(text.has(AnswerText.of("May 2031"))).isTrue();
    assertThat(text.has(AnswerText.of("2031 May"))).isFalse();
    assertThat(text.has(AnswerText.of("31 May 20"))).isFalse();
    assertThat(text.has(AnswerText.of("the"))).isFalse();
    assertThat(AnswerText.of("整机质保期为24个月。").has(AnswerText.of("24个月"))).isTrue();
  }

  @Test
  void oneOfTheAlternativesIsEnough() {
    var accepted = accepted(false, List.of("Denver Broncos"), List.of("the Broncos"));

    assertThat(accepted.f1(AnswerText.of("Broncos"))).isEqualTo(1);
    assertThat(accepted.exact(AnswerText.of("The Broncos!"))).isTrue();
    assertThat(accepted.exact(AnswerText.of("The Denver team"))).isFalse();
    assertThat(accepted.in(AnswerText.of("It was the Broncos who won."))).isTrue();
    assertThat(accepted.right(AnswerText.of("It was Denver."))).isFalse();
  }

  @Test
  void allValuesAreNeededWhereAllAreAskedFor() {
    var accepted = accepted(true, List.of("1,758"), List.of("one percent", "1 %"));

    assertThat(accepted.in(AnswerText.of("1758 and 1%"))).isTrue();
    assertThat(accepted.in(AnswerText.of("1758"))).isFalse();
    assertThat(accepted.inPart(AnswerText.of("1758"))).isTrue();
    // against the first of each together, "1758 one percent": 1 common of 3 and 3
    assertThat(accepted.f1(AnswerText.of("about 1758 dollars"))).isCloseTo(1.0 / 3, within(1e-9));
  }

  @Test
  void aLongAcceptedAnswerNeedOnlyBeResembled() {
    var text = "one two three four five six seven eight nine ten ".repeat(2);
    var accepted = accepted(false, List.of(text + "more"));

    // 5 common of 5 and 21: 10 / 26
    assertThat(accepted.right(AnswerText.of("one two three four five"))).isTrue();
    // 3 common of 3 and 21: 6 / 24
    assertThat(accepted.right(AnswerText.of("one two three"))).isFalse();
  }

  private static double f1(String answer, String accepted) {
    return AnswerText.of(answer).f1(AnswerText.of(accepted));
  }

  @SafeVarargs
  private static AcceptedAnswers accepted(boolean all, List<String>... values) {
    return new AcceptedAnswers(
        all, Stream.of(values).map(value -> value.stream().map(AnswerText::of).toList()).toList());
  }
}
