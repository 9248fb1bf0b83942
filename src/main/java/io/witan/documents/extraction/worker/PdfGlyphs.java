package io.witan.documents.extraction.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** Collects the glyphs of each page and makes lines of them. */
final class PdfGlyphs extends PDFTextStripper {

  private final List<PdfPage> pages = new ArrayList<>();
  private final List<Integer> unreadable = new ArrayList<>();
  private final IntConsumer pageDone;

  PdfGlyphs(IntConsumer pageDone) {
    this.pageDone = pageDone;
    setSortByPosition(false);
    setShouldSeparateByBeads(false);
    setSuppressDuplicateOverlappingText(true);
  }

  /** As many as were met; pages without content are added when a later one is. */
  List<PdfPage> pages() {
    return pages;
  }

  /** Numbers of the pages that could not be read to their end. */
  List<Integer> unreadable() {
    return unreadable;
  }

  @Override
  public void processPage(PDPage page) throws IOException {
    int before = pages.size();
    try {
      super.processPage(page);
    } catch (IOException | RuntimeException e) {
      unreadable.add(getCurrentPageNo());
      if (pages.size() == before) {
        addPage(page);
      }
    }
    pageDone.accept(getCurrentPageNo());
  }

  @Override
  protected void writePage() {
    addPage(getCurrentPage());
  }

  private void addPage(PDPage page) {
    var segments = new ArrayList<PdfSegment>();
    for (var article : charactersByArticle) {
      segments.addAll(segmentsOf(article));
    }
    var box = page.getCropBox();
    int rotation = Math.floorMod(page.getRotation(), 360);
    while (pages.size() < getCurrentPageNo() - 1) {
      pages.add(new PdfPage(box.getWidth(), box.getHeight(), 0, List.of()));
    }
    pages.add(
        new PdfPage(
            box.getWidth(),
            box.getHeight(),
            rotation,
            new PdfReadingOrder(rotation).lines(segments)));
  }

  private static List<PdfSegment> segmentsOf(List<TextPosition> glyphs) {
    var segments = new ArrayList<PdfSegment>();
    PdfSegment current = null;
    for (var glyph : glyphs) {
      int direction = Math.floorMod(Math.round(glyph.getDir()), 360);
      if (current != null && current.continuesWith(glyph, direction)) {
        current.add(glyph);
      } else if (!LineClues.normalised(glyph.getUnicode()).isBlank()) {
        current = new PdfSegment(glyph, direction);
        segments.add(current);
      }
    }
    return segments;
  }
}
