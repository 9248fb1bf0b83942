package io.witan.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.evaluation.AskedQuestion.Exchange;
import io.witan.evaluation.AskedQuestion.GivenText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class QuestionSetTests {
  @TempDir private Path folder;

  @Test
  void questionsAreReadWithAllThatIsKnownOfTheirAnswers() throws IOException {
    write(
        "a.jsonl",
        """
        {"id":"1","lang":"zh->en","source":"X","question":"Q?","passages":[{"title":"T","text":"P"}],\
        "answers":["one",["two","2"]],"answers_mode":"all_of_any","gold":[0],\
        "history":[{"role":"user","text":"h"},{"role":"agent","text":"i"},{"role":"user","text":"j"}]}
        """);

    var question = QuestionSet.readAll(folder, 9).getFirst().questions().getFirst();

    assertThat(question.passages()).containsExactly(new GivenText("T", "P"));
    assertThat(question.accepted().all()).isTrue();
    assertThat(question.accepted().in(AnswerText.of("2 and one"))).isTrue();
    assertThat(question.answerable()).isTrue();
    assertThat(question.gold()).containsExactly(0);
    assertThat(question.earlier()).containsExactly(new Exchange("h", "i"));
    assertThat(question.isChinese() || question.isEnglish()).isFalse();
  }

  @Test
  void setsAreSourcesInALanguageAndSamplesAreSpreadOverThem() throws IOException {
    var lines = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      lines.append(line("S", "en", "q" + i)).append(line("S", "zh", "z" + i));
    }
    write("a.jsonl", lines.toString());

    var sets = QuestionSet.readAll(folder, 2);

    assertThat(sets).extracting(QuestionSet::name).containsExactly("S en", "S zh");
    assertThat(sets.getFirst().questions())
        .extracting(AskedQuestion::text)
        .containsExactly("q0", "q5");
  }

  @Test
  void whatIsToLearnFromAndWhatIsNoQuestionIsLeftOut() throws IOException {
    write("train.jsonl", line("S", "en", "t").replace("{", "{\"split\":\"train\","));
    write("texts.jsonl", "{\"text\":\"x\"}\n");
    try (var out = Files.newOutputStream(folder.resolve("eval.jsonl.xz"));
        var packed = new XZOutputStream(out, new LZMA2Options())) {
      packed.write(
          line("S", "en", "e")
              .replaceFirst("\\{", "{\"split\":\"eval\",")
              .getBytes(StandardCharsets.UTF_8));
    }

    var sets = QuestionSet.readAll(folder, 9);

    assertThat(sets).hasSize(1);
    assertThat(sets.getFirst().questions()).extracting(AskedQuestion::text).containsExactly("e");
  }

  @Test
  void aFolderWithoutQuestionsIsRefused() {
    assertThatThrownBy(() -> QuestionSet.readAll(folder, 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no file of questions");
  }

  @Test
  void aNeedleLiesAtTheBreakNearestToItsDepth() {
    var text = "One. Two. Three. Four.";

    assertThat(Needles.with(text, "NEEDLE", 0.02)).startsWith("NEEDLE\n\nOne.");
    assertThat(Needles.with(text, "NEEDLE", 0.45)).isEqualTo("One. Two.\n\nNEEDLE\n\nThree. Four.");
    assertThat(Needles.with(text, "NEEDLE", 0.98)).endsWith("Four.\n\nNEEDLE");
    assertThat(Needles.with("一。二。三。", "针", 0.7)).isEqualTo("一。二。\n\n针\n\n三。");
  }

  @Test
  void piecesOfATextAreTheWholeText() {
    var text = "A sentence that says a thing.\n".repeat(200) + "x".repeat(5_000);

    var pieces = Pieces.of(List.of(new GivenText("T", text)));

    assertThat(pieces).hasSizeGreaterThan(5).allMatch(it -> it.words().length() <= 1_600);
    var all = new StringBuilder();
    for (var piece : pieces) {
      assertThat(piece.start()).isEqualTo(all.length());
      all.append(piece.words());
    }
    assertThat(all).hasToString(text);
  }

  @Test
  void needlesAreReadByLanguageAndLength() throws IOException {
    write("hay.txt", "Zero. One. Two. Three. Four.");
    write(
        "needles.jsonl",
        """
        {"id":"n","lang":"en","haystack":"hay.txt","start_char":6,"haystack_chars":9,\
        "approx_tokens":4000,"depth":0.5,"needle":"The key is 7.","question":"Key?","answers":["7"]}
        {"id":"m","lang":"en","haystack":"hay.txt","start_char":0,"haystack_chars":9,\
        "approx_tokens":32000,"depth":0.5,"needle":"N","question":"Q?","answers":["N"]}
        """);

    var sets = Needles.read(folder, 8_000, 9);

    assertThat(sets).extracting(QuestionSet::name).containsExactly("en 4000");
    assertThat(sets.getFirst().questions().getFirst().passages().getFirst().text())
        .isEqualTo("One.\n\nThe key is 7.\n\nTwo.");
    assertThat(Needles.counts("en 4000")).isTrue();
    assertThat(Needles.counts("zh 16000")).isFalse();
    assertThat(Needles.counts("all")).isFalse();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static String line(String source, String language, String question) {
    return """
    {"id":"1","lang":"%s","source":"%s","question":"%s","passages":[{"title":"","text":"P"}],"answers":["P"]}
    """
        .formatted(language, source, question);
  }
}
