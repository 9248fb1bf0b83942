package io.witan.documents.extraction;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for every extracted document, whatever was in the file. */
public final class DocumentInvariants {

  private DocumentInvariants() {}

  public static void check(ExtractedDocument document) {
    var text = document.text();
    int last = 0;
    for (var block : document.blocks()) {
      assertThat(block.start()).as("blocks in order").isGreaterThanOrEqualTo(last);
      assertThat(block.end()).isLessThanOrEqualTo(text.length());
      assertThat(text.substring(last, block.start())).as("between blocks").isBlank();
      assertThat(text.substring(block.start(), block.end())).isNotBlank();
      checkCut(text, block.start());
      checkCut(text, block.end());
      last = block.end();
    }
    assertThat(text.substring(last)).as("after the last block").isBlank();
    assertThat(text.codePoints().filter(c -> c >= 0xD800 && c <= 0xDFFF).count())
        .as("lone surrogates")
        .isZero();
    if (text.isBlank()) {
      assertThat(document.warnings()).extracting(ExtractionWarning::code).isNotEmpty();
    }
    checkPages(document);
  }

  private static void checkPages(ExtractedDocument document) {
    int last = 0;
    int number = 1;
    for (var page : document.pages()) {
      assertThat(page.number()).isEqualTo(number++);
      assertThat(page.start()).as("pages in order").isGreaterThanOrEqualTo(last);
      assertThat(page.end()).isBetween(page.start(), document.text().length());
      int lastLine = page.start();
      for (var line : page.lines()) {
        assertThat(line.start()).as("lines in order").isGreaterThanOrEqualTo(lastLine);
        assertThat(line.end()).isBetween(line.start(), page.end());
        assertThat(line.x()).isBetween(0f, page.width());
        assertThat(line.y()).isBetween(0f, page.height());
        assertThat(line.x() + line.width()).isLessThanOrEqualTo(page.width() + 0.5f);
        assertThat(line.y() + line.height()).isLessThanOrEqualTo(page.height() + 0.5f);
        lastLine = line.end();
      }
      last = page.end();
    }
  }

  /** A range must not begin or end inside a surrogate pair. */
  public static void checkCut(String text, int at) {
    assertThat(
            at > 0
                && at < text.length()
                && Character.isHighSurrogate(text.charAt(at - 1))
                && Character.isLowSurrogate(text.charAt(at)))
        .as("surrogate pair cut at %d", at)
        .isFalse();
  }
}
