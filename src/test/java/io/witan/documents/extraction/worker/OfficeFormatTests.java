package io.witan.documents.extraction.worker;

import static io.witan.documents.extraction.worker.Reading.blocks;
import static io.witan.documents.extraction.worker.Reading.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.documents.extraction.DocumentFormat;
import io.witan.documents.extraction.ExtractionFailed;
import io.witan.documents.extraction.ExtractionLimits;
import io.witan.documents.extraction.ExtractionWarning;
import java.awt.Rectangle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.sl.usermodel.Placeholder;
import org.apache.poi.xslf.usermodel.SlideLayout;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfficeFormatTests {

  @TempDir Path folder;

  @Test
  void readsWordByContentWhateverItsName() throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var word = new XWPFDocument()) {
      word.createParagraph().createRun().setText("Travel needs approval.");
      var table = word.createTable(2, 2);
      table.getRow(0).getCell(0).setText("Class");
      table.getRow(0).getCell(1).setText("Limit");
      table.getRow(1).getCell(0).setText("A");
      table.getRow(1).getCell(1).setText("100");
      word.write(bytes);
    }

    var document = read(folder, "lies.pdf", bytes.toByteArray());

    assertThat(document.format()).isEqualTo(DocumentFormat.DOCX);
    assertThat(blocks(document))
        .containsExactly("PARAGRAPH: Travel needs approval.", "TABLE: Class | Limit\nA | 100");
  }

  @Test
  void makesAPageOfEachSlideWithItsNotes() throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var show = new XMLSlideShow()) {
      var layout = show.getSlideMasters().getFirst().getLayout(SlideLayout.TITLE_AND_CONTENT);
      for (var name : new String[] {"First", "Second"}) {
        var slide = show.createSlide(layout);
        slide.getPlaceholder(0).setText(name);
        slide.getPlaceholder(1).setText("Point of " + name);
        var notes = show.getNotesSlide(slide);
        for (var shape : notes.getPlaceholders()) {
          if (shape.getTextType() == Placeholder.BODY) {
            shape.setText("Say " + name);
          }
        }
        slide.createTextBox().setAnchor(new Rectangle(1, 1, 10, 10));
      }
      show.write(bytes);
    }

    var document = read(folder, "talk.pptx", bytes.toByteArray());

    assertThat(blocks(document))
        .containsExactly(
            "HEADING 1: First",
            "PARAGRAPH: Point of First",
            "NOTE: Say First",
            "HEADING 1: Second",
            "PARAGRAPH: Point of Second",
            "NOTE: Say Second");
    assertThat(document.pages()).hasSize(2);
    assertThat(document.text().substring(document.pages().getLast().start())).startsWith("Second");
  }

  @Test
  void writesSheetsAsHeadingsAndCellsAsShown() throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var book = new XSSFWorkbook()) {
      var percent = book.createCellStyle();
      percent.setDataFormat(book.createDataFormat().getFormat("0.0%"));
      var sheet = book.createSheet("Rates");
      sheet.createRow(0).createCell(0).setCellValue("Year");
      sheet.getRow(0).createCell(2).setCellValue("Rate");
      sheet.createRow(1).createCell(0).setCellValue(2024);
      var cell = sheet.getRow(1).createCell(2);
      cell.setCellValue(0.125);
      cell.setCellStyle(percent);
      book.createSheet("Names").createRow(0).createCell(0).setCellValue("Ada");
      book.write(bytes);
    }

    var document = read(folder, "a.xlsx", bytes.toByteArray());

    assertThat(blocks(document))
        .containsExactly(
            "HEADING 1: Rates",
            "TABLE: Year | Rate\n2024 | 12.5%",
            "HEADING 1: Names",
            "TABLE: Ada");
    assertThat(document.pages()).hasSize(2);
  }

  @Test
  void refusesArchivesWithTheFix() throws IOException {
    var zip = zip("a.txt", 10);

    assertThatThrownBy(() -> read(folder, "a.zip", zip))
        .isInstanceOfSatisfying(
            ExtractionFailed.class,
            e -> assertThat(e.code()).isEqualTo(ExtractionFailed.UNSUPPORTED_FORMAT))
        .hasMessageContaining("Unpack it and upload the files");
  }

  @Test
  void refusesADocumentThatUnpacksToTooMuch() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var word = new XWPFDocument()) {
      word.createParagraph().createRun().setText(" ".repeat(200_000));
      word.write(bytes);
    }
    var limits =
        new ExtractionLimits(ExtractionLimits.defaults().timeout(), 1L << 28, 1000, 100_000, 100);

    assertThatThrownBy(() -> read(folder, "a.docx", bytes.toByteArray(), limits))
        .isInstanceOfSatisfying(
            ExtractionFailed.class,
            e -> assertThat(e.code()).isEqualTo(ExtractionFailed.TOO_LARGE_WHEN_UNPACKED));
  }

  @Test
  void keepsWhatIsLeftOfACutFileWithAWarning() throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var word = new XWPFDocument()) {
      word.createParagraph().createRun().setText("Travel needs approval.");
      word.write(bytes);
    }
    var cut = Arrays.copyOf(bytes.toByteArray(), bytes.size() - 40);

    var document = read(folder, "a.docx", cut);

    assertThat(document.text()).isEqualTo("Travel needs approval.");
    assertThat(document.warnings())
        .extracting(ExtractionWarning::code)
        .containsExactly(ExtractionWarning.PARTIAL);
  }

  @Test
  void callsATornWordFileDamaged() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
      zip.write(
          ("<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
                  + "<Override PartName='/word/document.xml' ContentType='application/vnd."
                  + "openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>")
              .getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("word/document.xml"));
      zip.write("<w:document".getBytes(StandardCharsets.UTF_8));
    }

    assertThatThrownBy(() -> read(folder, "a.docx", bytes.toByteArray()))
        .isInstanceOfSatisfying(
            ExtractionFailed.class,
            e -> assertThat(e.code()).isEqualTo(ExtractionFailed.DAMAGED_FILE));
  }

  private static byte[] zip(String name, int size) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(new byte[size]);
    }
    return bytes.toByteArray();
  }
}
