package io.witan.retrieval.terms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TermAnalyzerTests {
  private final TermAnalyzer analyzer = new TermAnalyzer();

  @Test
  void stemsEnglishAndDropsStopWords() {
    assertThat(analyzer.terms("The employees' Holidays are granted"))
        .containsExactly("employe", "holidai", "grant");
  }

  @Test
  void cutsChineseInPairsAndFoldsTraditionalCharacters() {
    assertThat(analyzer.terms("臺灣大學")).isEqualTo(analyzer.terms("台湾大学"));
    assertThat(analyzer.terms("北京大学")).containsExactly("北京", "京大", "大学");
  }

  @Test
  void foldsCompatibilityFormsAndAccents() {
    assertThat(analyzer.terms("ﬁle ＡＢＣ１２ café")).containsExactly("file", "abc12", "cafe");
  }

  @Test
  void keepsMixedTextApart() {
    assertThat(analyzer.terms("使用Spring框架")).containsExactly("使用", "spring", "框架");
  }

  @Test
  void queryTermsAreDistinctAndFew() {
    assertThat(analyzer.queryTerms("pump pump valve")).containsExactly("pump", "valv");
    var pasted = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      pasted.append("x").append(i).append(' ');
    }
    assertThat(analyzer.queryTerms(pasted.toString())).hasSize(200);
  }

  @Test
  void termsHoldNothingThatSqlOrTsvectorCouldMisread() {
    assertThat(String.join("", analyzer.terms("it's 'quoted' \\ a:1* & b|c !d o'clock:2 \u0000")))
        .matches("[\\p{L}\\p{M}\\p{N}]*");
  }

  @Test
  void vectorsCountRepeatedTermsAndQuoteThem() {
    var vector = TermVector.of(List.of("a", "b", "a"));

    assertThat(vector.literal()).isEqualTo("'a':1,3 'b':2");
    assertThat(vector.length()).isEqualTo(3);
    assertThat(TermVector.of(List.of("it's")).literal()).isEqualTo("'it''s':1");
  }
}
