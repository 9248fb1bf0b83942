package io.witan.chat.quotes;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.chat.quotes.TextUnit.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextUnitsTests {

  @Test
  void endsSentencesWhereEnglishDoes() {
    assertThat(
            texts(
                "Dr. Smith drove 3.5 km, e.g. to work. Did he stop? No! He said \"Go.\" Then left.",
                "en"))
        .containsExactly(
            "Dr. Smith drove 3.5 km, e.g. to work.",
            "Did he stop?",
            "No!",
            "He said \"Go.\"",
            "Then left.");
  }

  @Test
  void endsSentencesWhereChineseDoes() {
    assertThat(texts("员工每年有十天年假。可以结转吗？不可以！“请提前申请。”经理说。", "zh"))
        .containsExactly("员工每年有十天年假。", "可以结转吗？", "不可以！", "“请提前申请。”", "经理说。");
  }

  @Test
  void keepsAShortListTogetherWithWhatIntroducesIt() {
    var text = "Cancel in two ways.\n\nYou can cancel as follows:\n\n1. Sign in.\n2. Tap Cancel.";

    var lists = texts(text, "en", "", Kind.LIST);

    assertThat(lists).containsExactly("You can cancel as follows:\n\n1. Sign in.\n2. Tap Cancel.");
    assertThat(texts(text, "en")).contains("Cancel in two ways.");
  }

  @Test
  void takesLinesWithoutBulletsForAList() {
    assertThat(texts("Benefits:\n\nFlat 15% discount\nPriority boarding", "en", "", Kind.LIST))
        .containsExactly("Benefits:\n\nFlat 15% discount\nPriority boarding");
  }

  @Test
  void keepsACommandTogetherWithWhatAnnouncesIt() {
    var text =
        "Stop Witan first, then:\n\n./witan restore backup.zip\n\nDone: it runs again. So it goes.";

    assertThat(texts(text, "en", "", Kind.LIST))
        .containsExactly("Stop Witan first, then:\n\n./witan restore backup.zip");
    assertThat(texts(text, "en")).contains("./witan restore backup.zip", "So it goes.");
  }

  @Test
  void takesOnlyTheNextSentenceOfALongParagraphThatAColonAnnounces() {
    var text = "The rule is this:\n\nNobody may enter. Guests wait. Others leave.";

    assertThat(texts(text, "en", "", Kind.LIST))
        .containsExactly("The rule is this:\n\nNobody may enter.");
  }

  @Test
  void quotesALongListBySentences() {
    var item = "This item of the list is rather long and says many things about one matter. ";
    var text = ("• " + item.repeat(4).strip() + "\n").repeat(5);

    assertThat(texts(text, "en", "", Kind.LIST)).isEmpty();
    assertThat(texts(text, "en")).hasSize(20);
  }

  @Test
  void givesEveryRowTheHeadOfItsTable() {
    var text = "Class | Weight\nFirst | 10 kg\nEconomy | 7 kg";

    var rows = TextUnits.of(text, "en", "");

    assertThat(rows).extracting(TextUnit::kind).containsOnly(Kind.TABLE_ROW);
    assertThat(rows)
        .filteredOn(TextUnit::hasLead)
        .allSatisfy(
            row ->
                assertThat(text.substring(row.leadStart(), row.leadEnd()))
                    .isEqualTo("Class | Weight"))
        .hasSize(2);
  }

  @Test
  void knowsTheHeadingsAboveAPassage() {
    assertThat(texts("Refunds\n\nWe pay back within a week.", "en", "Policy › Refunds", null))
        .containsExactly("Refunds", "We pay back within a week.");
    assertThat(texts("Refunds\n\nWe pay.", "en", "Policy › Refunds", Kind.HEADING))
        .containsExactly("Refunds");
  }

  @Test
  void cutsTextWithoutAnyEnd() {
    var text = "word ".repeat(1_000).strip();

    assertThat(texts(text, "en")).allSatisfy(unit -> assertThat(unit).hasSizeLessThan(701));
    assertThat(String.join(" ", texts(text, "en"))).isEqualTo(text);
  }

  @Test
  void neverCutsACharacterInTwo() {
    var text = "𠮷".repeat(2_000);

    assertThat(texts(text, "zh"))
        .allSatisfy(
            unit -> {
              assertThat(Character.isLowSurrogate(unit.charAt(0))).isFalse();
              assertThat(Character.isHighSurrogate(unit.charAt(unit.length() - 1))).isFalse();
            });
  }

  private static List<String> texts(String text, String language) {
    return texts(text, language, "", Kind.SENTENCE);
  }

  private static List<String> texts(
      String text, String language, String headings, @org.jspecify.annotations.Nullable Kind kind) {
    return TextUnits.of(text, language, headings).stream()
        .filter(unit -> kind == null || unit.kind() == kind)
        .map(unit -> text.substring(unit.start(), unit.end()))
        .toList();
  }
}
