package io.witan.documents.extraction.worker;

import io.witan.documents.extraction.Block;
import io.witan.documents.extraction.ExtractionWarning;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.Loader;

/** PDF: lines with their boxes, columns, paragraphs and headings from the layout of the page. */
final class PdfParser implements Parser {

  @Override
  public String version() {
    return "pdf-2/pdfbox-3.0.8";
  }

  @Override
  public void parse(Source source, LinearText out) throws IOException {
    try (var document = Loader.loadPDF(source.path().toFile())) {
      var information = document.getDocumentInformation();
      out.title(information == null ? null : information.getTitle());
      int pageCount = Math.max(1, document.getNumberOfPages());
      var glyphs = new PdfGlyphs(page -> source.percent().accept(90 * page / pageCount));
      glyphs.getText(document);
      var pages = glyphs.pages();
      for (int page = pages.size(); page < document.getNumberOfPages(); page++) {
        var box = document.getPage(page).getCropBox();
        pages.add(new PdfPage(box.getWidth(), box.getHeight(), 0, List.of()));
      }
      PdfFurniture.remove(pages);
      PdfFormFields.add(document, pages);
      write(pages, out);
      for (int page : glyphs.unreadable()) {
        out.warn(ExtractionWarning.PARTIAL, "page " + page + " could not be read completely");
      }
    }
  }

  private static void write(List<PdfPage> pages, LinearText out) {
    var styles = new PdfStyles(pages);
    var words = new PdfWords(pages);
    for (var page : pages) {
      out.beginPage(page.displayWidth(), page.displayHeight());
      for (var paragraph : PdfParagraphs.of(page)) {
        paragraph(page, paragraph, styles, words, out);
      }
      out.endPage();
    }
  }

  private static void paragraph(
      PdfPage page, PdfParagraph paragraph, PdfStyles styles, PdfWords words, LinearText out) {
    var lines = paragraph.lines();
    var first = lines.getFirst().text();
    int bullet = LineClues.bulletLength(first);
    int level = styles.headingLevel(paragraph, joined(lines));
    if (level > 0 && bullet == 0) {
      out.open(Block.Kind.HEADING, level);
    } else if (LineClues.startsItem(first)) {
      out.open(Block.Kind.LIST_ITEM, 1);
    } else {
      out.open(Block.Kind.PARAGRAPH, 0);
    }
    String before = "";
    for (var line : lines) {
      var text = before.isEmpty() ? line.text().substring(bullet) : line.text();
      join(before, text, words, out);
      int start = out.position();
      out.append(text);
      out.line(page.boxOf(line, start, out.position()));
      before = text;
    }
    out.close();
  }

  private static void join(String before, String text, PdfWords words, LinearText out) {
    if (before.isEmpty()) {
      return;
    }
    if (words.isBroken(before, text)) {
      out.dropHyphen();
    } else if (!CleanText.joinsWithoutSpace(
            before.codePointBefore(before.length()), text.codePointAt(0))
        && !before.endsWith("-")) {
      out.append(" ");
    }
  }

  private static String joined(List<PdfLine> lines) {
    return String.join(" ", lines.stream().map(PdfLine::text).toList());
  }
}
