package io.witan.chat.quotes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuoteMarkdownTests {
  private static final Parser PARSER =
      Parser.builder().extensions(List.of(TablesExtension.create())).build();
  private static final HtmlRenderer HTML =
      HtmlRenderer.builder().extensions(List.of(TablesExtension.create())).build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "![x](http://evil.example/pixel.png)",
        "<img src=http://evil.example/pixel.png>",
        "<script>alert(1)</script>",
        "[click](javascript:alert(1))",
        "# not a heading",
        "> not a quote",
        "**not bold** and _not italic_ and `not code`",
        "```\nnot code\n```",
        "a\n===",
        "a\n---",
        "&copy; and &#60;b&#62;",
        "back\\slash \\* end",
        "| not | a table |",
        "$x^2$ and ~~not struck~~",
        "[x]: http://evil.example",
        "+ plus",
        "#",
        "-"
      })
  void showsWhatTheSourceSaysAndNothingElse(String source) {
    var html = HTML.render(PARSER.parse(QuoteMarkdown.text(source)));

    assertThat(html)
        .doesNotContain("<img", "<script", "<a ", "<h1", "<h2", "<em>", "<strong>", "<code>")
        .doesNotContain("<pre", "<blockquote", "<table");
    assertThat(visible(QuoteMarkdown.text(source))).isEqualTo(squeezed(source));
  }

  @Test
  void keepsListsAsLists() {
    assertThat(QuoteMarkdown.text("Do this:\n\n1. Sign in\n2. Tap\nCancel"))
        .isEqualTo("Do this:\n\n1. Sign in\n2. Tap\n\nCancel");
    assertThat(QuoteMarkdown.text("• one\n• two*")).isEqualTo("- one\n- two\\*");
  }

  @Test
  void keepsLinesAsLines() {
    assertThat(HTML.render(PARSER.parse(QuoteMarkdown.text("first\nsecond"))))
        .isEqualTo("<p>first<br />\nsecond</p>\n");
  }

  @Test
  void tablesKeepTheirCells() {
    var markdown = QuoteMarkdown.table(List.of("A | B*", "1 | <b>", "2 |"));

    var html = HTML.render(PARSER.parse(markdown));

    assertThat(html)
        .contains("<th>A</th>", "<th>B*</th>", "<td>1</td>", "<td>&lt;b&gt;</td>", "<td>2</td>");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
  void showsTheLettersOfAnyText(long seed) {
    var random = new Random(seed);
    var source = RandomText.of(random, random.nextBoolean());

    var shown = visible(QuoteMarkdown.text(source)).replaceAll("\\P{L}", "");

    assertThat(shown).isEqualTo(source.replaceAll("\\P{L}", ""));
  }

  private static String visible(String markdown) {
    return squeezed(TextContentRenderer.builder().build().render(PARSER.parse(markdown)));
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
