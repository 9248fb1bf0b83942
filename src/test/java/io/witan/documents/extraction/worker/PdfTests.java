package io.witan.documents.extraction.worker;

import static io.witan.documents.extraction.worker.Reading.blocks;
import static io.witan.documents.extraction.worker.Reading.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.witan.documents.extraction.ExtractedDocument;
import io.witan.documents.extraction.ExtractionFailed;
import io.witan.documents.extraction.ExtractionWarning;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.util.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PdfTests {

  private static final PDFont PLAIN = new PDType1Font(FontName.HELVETICA);
  private static final PDFont BOLD = new PDType1Font(FontName.HELVETICA_BOLD);
  private static final PDRectangle SIZE = new PDRectangle(400, 600);

  @TempDir Path folder;

  @Test
  void findsHeadingsAndParagraphsAndMendsBrokenWords() throws Exception {
    var document =
        pdf(
            (pdf, page) -> {
              page.write(BOLD, 20, 50, 550, "Annual report");
              page.write(
                  PLAIN, 10, 50, 510, "The company grew in every region and the most impor-");
              page.write(
                  PLAIN, 10, 50, 498, "tant one was the north, where sales doubled in a year.");
              page.write(
                  PLAIN, 10, 50, 470, "A second paragraph follows after a wider gap on paper.");
            });

    assertThat(blocks(document))
        .containsExactly(
            "HEADING 1: Annual report",
            "PARAGRAPH: The company grew in every region and the most important one was the north,"
                + " where sales doubled in a year.",
            "PARAGRAPH: A second paragraph follows after a wider gap on paper.");
  }

  @Test
  void keepsAWordTogetherThatIsBrokenBeforeBoldText() throws Exception {
    var document =
        pdf(
            (pdf, page) -> {
              page.write(
                  PLAIN, 10, 50, 540, "See CloudWay24.com/bags, and never fly without a label.");
              page.write(
                  PLAIN,
                  10,
                  50,
                  500,
                  "If your bag does not arrive with you, tell the staff of Cloud-");
              page.write(
                  BOLD, 10, 50, 488, "Way24 before you leave the arrival hall, and keep the");
              page.write(PLAIN, 10, 50, 476, "report that you are given until the bag is back.");
            });

    assertThat(blocks(document))
        .containsExactly(
            "PARAGRAPH: See CloudWay24.com/bags, and never fly without a label.",
            "PARAGRAPH: If your bag does not arrive with you, tell the staff of CloudWay24 before"
                + " you leave the arrival hall, and keep the report that you are given until the"
                + " bag is back.");
  }

  @Test
  void goesOnWhereBoldWordsBeganInALineOfThinOnes() throws Exception {
    var document =
        pdf(
            (pdf, page) -> {
              page.write(
                  PLAIN, 10, 50, 500, "You can claim at most sixty days after the flight, at ");
              page.write(BOLD, 10, 280, 500, "Baggage");
              page.write(
                  BOLD, 10, 50, 488, "Services of the airport of arrival, on the ground floor");
              page.write(PLAIN, 10, 50, 476, "or by post with a copy of the report.");
              page.write(BOLD, 10, 50, 452, "Lost for good");
              page.write(
                  PLAIN, 10, 50, 440, "After three weeks a bag counts as lost for good, and");
            });

    assertThat(blocks(document))
        .containsExactly(
            "PARAGRAPH: You can claim at most sixty days after the flight, at Baggage Services of"
                + " the airport of arrival, on the ground floor or by post with a copy of the"
                + " report.",
            "HEADING 1: Lost for good",
            "PARAGRAPH: After three weeks a bag counts as lost for good, and");
  }

  @Test
  void keepsTheHyphenOfACompoundThatTheDocumentWritesElsewhere() throws Exception {
    var document =
        pdf(
            (pdf, page) -> {
              page.write(
                  PLAIN, 10, 50, 540, "A long-term plan needs a re-entry clause in its text.");
              page.write(
                  PLAIN, 10, 50, 500, "Whoever signs the contract agrees to a plan that is long-");
              page.write(
                  PLAIN, 10, 50, 488, "term, and nobody may leave it before its very last day.");
            });

    assertThat(document.text()).contains("a plan that is long-term, and");
  }

  @Test
  void tellsWhereEachLineStands() throws Exception {
    var document = pdf((pdf, page) -> page.write(PLAIN, 10, 50, 500, "Where am I?"));

    var line = document.pages().getFirst().lines().getFirst();
    assertThat(document.text().substring(line.start(), line.end())).isEqualTo("Where am I?");
    assertThat(line.x()).isCloseTo(50, within(1f));
    assertThat(line.y() + line.height()).isBetween(100f, 104f);
    assertThat(line.y()).isBetween(88f, 94f);
    assertThat(line.width()).isBetween(45f, 60f);
  }

  @Test
  void tellsWhereLinesStandOnATurnedPage() throws Exception {
    var document =
        pdf(
            (pdf, page) -> {
              pdf.getPage(0).setRotation(90);
              // upright on the turned page, 50 from its left and 100 from its top
              page.writeTurned(PLAIN, 10, 100, 50, "Turned");
            });

    var page = document.pages().getFirst();
    var line = page.lines().getFirst();
    assertThat(page.width()).isEqualTo(600);
    assertThat(page.height()).isEqualTo(400);
    assertThat(line.x()).isCloseTo(50, within(1f));
    assertThat(line.y() + line.height()).isBetween(99f, 105f);
    assertThat(line.width()).isGreaterThan(line.height());
  }

  @Test
  void readsColumnsOfTextOneAfterTheOther() throws Exception {
    var document =
        pdf(
            (pdf, page) -> {
              for (int i = 0; i < 8; i++) {
                page.write(PLAIN, 9, 40, 500 - 11 * i, "left words that fill line " + i + " well");
                page.write(PLAIN, 9, 215, 500 - 11 * i, "right words that fill line " + i + " too");
              }
            });

    assertThat(document.text().indexOf("left words that fill line 7"))
        .isLessThan(document.text().indexOf("right words that fill line 0"));
  }

  @Test
  void readsTablesRowByRow() throws Exception {
    var document =
        pdf(
            (pdf, page) -> {
              for (int i = 0; i < 8; i++) {
                page.write(PLAIN, 9, 40, 500 - 11 * i, "Item " + i);
                page.write(PLAIN, 9, 215, 500 - 11 * i, "1,23" + i);
                page.write(PLAIN, 9, 300, 500 - 11 * i, "9,87" + i);
              }
            });

    assertThat(document.text()).contains("Item 3 1,233 9,873");
  }

  @Test
  void dropsRunningHeadsAndPageNumbers() throws Exception {
    var document =
        pdf(
            (pdf, first) -> {
              for (int i = 1; i <= 4; i++) {
                var page = i == 1 ? first : new Writer(pdf);
                page.write(PLAIN, 8, 50, 580, "Travel policy");
                page.write(PLAIN, 10, 50, 400, "Content of page number " + i + " is here.");
                page.write(PLAIN, 8, 195, 20, String.valueOf(i));
              }
            });

    assertThat(blocks(document))
        .containsExactly(
            "PARAGRAPH: Travel policy",
            "PARAGRAPH: Content of page number 1 is here.",
            "PARAGRAPH: Content of page number 2 is here.",
            "PARAGRAPH: Content of page number 3 is here.",
            "PARAGRAPH: Content of page number 4 is here.");
    assertThat(document.pages()).hasSize(4);
  }

  @Test
  void acceptsAScanAndSaysThatItHasNoText() throws Exception {
    var document = pdf((pdf, page) -> new Writer(pdf));

    assertThat(document.text()).isEmpty();
    assertThat(document.pages()).hasSize(2);
    assertThat(document.warnings())
        .extracting(ExtractionWarning::code)
        .containsExactly(ExtractionWarning.NO_TEXT_FOUND);
  }

  @Test
  void asksForAFileWithoutPassword() {
    assertThatThrownBy(
            () ->
                pdf(
                    (pdf, page) ->
                        pdf.protect(
                            new StandardProtectionPolicy("o", "u", new AccessPermission()))))
        .isInstanceOfSatisfying(
            ExtractionFailed.class,
            e -> assertThat(e.code()).isEqualTo(ExtractionFailed.PASSWORD_NEEDED));
  }

  private ExtractedDocument pdf(Content content) throws IOException, ExtractionFailed {
    var bytes = new ByteArrayOutputStream();
    try (var pdf = new PDDocument()) {
      content.write(pdf, new Writer(pdf));
      pdf.save(bytes);
    }
    return read(folder, "a.pdf", bytes.toByteArray());
  }

  private interface Content {
    void write(PDDocument pdf, Writer page) throws IOException;
  }

  private static final class Writer {
    private final PDDocument pdf;
    private final PDPage page = new PDPage(SIZE);

    Writer(PDDocument pdf) {
      this.pdf = pdf;
      pdf.addPage(page);
    }

    void write(PDFont font, float size, float x, float y, String text) throws IOException {
      write(font, size, Matrix.getTranslateInstance(x, y), text);
    }

    /** On a page that is displayed turned clockwise by a quarter. */
    void writeTurned(PDFont font, float size, float x, float y, String text) throws IOException {
      write(font, size, Matrix.getRotateInstance(Math.PI / 2, x, y), text);
    }

    private void write(PDFont font, float size, Matrix place, String text) throws IOException {
      var mode = PDPageContentStream.AppendMode.APPEND;
      try (var stream = new PDPageContentStream(pdf, page, mode, false)) {
        stream.beginText();
        stream.setFont(font, size);
        stream.setTextMatrix(place);
        stream.showText(text);
        stream.endText();
      }
    }
  }
}
