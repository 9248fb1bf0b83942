package io.witan.chat.quotes;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.retrieval.Hit;
import io.witan.retrieval.packing.NearbyPassage;
import io.witan.retrieval.packing.Stretch;
import java.util.List;
import org.junit.jupiter.api.Test;

class SupportingTextTests {
  private static final String TEXT =
      "This page explains leave. Employees have 27 days of annual leave per year. Unused leave may"
          + " be carried over until March. Requests go to the team lead.";

  @Test
  void findsTheSentenceThatAStatementRestsOn() {
    assertThat(support("Every employee gets 27 days of leave a year", "en", TEXT))
        .isEqualTo("Employees have 27 days of annual leave per year.");
    assertThat(support("They are sent to the team lead", "en", TEXT))
        .isEqualTo("Requests go to the team lead.");
    assertThat(support("员工每年有27天年假", "zh", "本页说明休假。员工每年享有27天年假。申请交给组长。")).isEqualTo("员工每年享有27天年假。");
  }

  @Test
  void takesTwoSentencesWhereTheStatementNeedsBoth() {
    assertThat(support("27 days of annual leave, carried over until March", "en", TEXT))
        .isEqualTo(
            "Employees have 27 days of annual leave per year. Unused leave may be carried over until"
                + " March.");
  }

  @Test
  void citesTheOpeningWhereNoWordIsShared() {
    assertThat(support("员工有年假", "en", TEXT)).isEqualTo("This page explains leave.");
  }

  @Test
  void quotesExactlyTheTextVersion() {
    var hit = TestHits.hit(1, "Leave", "", "en", 500, TEXT);
    var range = SupportingText.find("carried over until March", stretch(hit)).range();

    assertThat(TEXT.substring(range.start() - 500, range.end() - 500)).isEqualTo(range.text());
  }

  private static String support(String statement, String language, String text) {
    var hit = TestHits.hit(1, "Leave", "", language, 0, text);
    return SupportingText.find(statement, stretch(hit)).range().text();
  }

  private static Stretch stretch(Hit hit) {
    return new Stretch(
        1,
        hit,
        List.of(
            new NearbyPassage(
                hit.passageId(),
                hit.textVersionId(),
                0,
                hit.headingPath(),
                hit.language(),
                hit.page(),
                hit.start(),
                hit.end(),
                hit.text())));
  }
}
