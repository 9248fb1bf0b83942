package io.witan.chat.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.chat.AnswerBlock;
import io.witan.chat.AnswerBlock.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class CitedTextTests {
  @Test
  void putsMarkersBehindQuotesWhateverTheQuoteSays() {
    assertThat(CitedText.of(new AnswerBlock(Kind.QUOTE, "As in [1].", List.of(1, 3))))
        .isEqualTo("As in [1]. [1][3]");
  }

  @Test
  void leavesMarkersWhereAWriterPutThem() {
    assertThat(CitedText.of(new AnswerBlock(Kind.TEXT, "One. [1] Two. [2]", List.of(1, 2))))
        .isEqualTo("One. [1] Two. [2]");
    assertThat(CitedText.of(new AnswerBlock(Kind.TEXT, "One. [1]", List.of(1, 2))))
        .isEqualTo("One. [1] [2]");
  }

  @Test
  void abstainsInTheLanguageOfTheQuestion() {
    assertThat(CitedText.abstained("有多少天年假？")).contains("没有");
    assertThat(CitedText.abstained("How many?")).contains("do not contain");
  }
}
