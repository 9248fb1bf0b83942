package io.witan.documents.extraction.worker;

import io.witan.documents.extraction.Block;
import io.witan.documents.extraction.ExtractionWarning;
import java.io.IOException;
import java.util.ArrayList;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.poi.sl.usermodel.Placeholder;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xslf.usermodel.XSLFDiagram;
import org.apache.poi.xslf.usermodel.XSLFGroupShape;
import org.apache.poi.xslf.usermodel.XSLFShape;
import org.apache.poi.xslf.usermodel.XSLFSlide;
import org.apache.poi.xslf.usermodel.XSLFTable;
import org.apache.poi.xslf.usermodel.XSLFTextParagraph;
import org.apache.poi.xslf.usermodel.XSLFTextShape;
import org.jspecify.annotations.Nullable;

/** Presentations: each slide is a page, its title a heading, its speaker notes at its end. */
final class SlideParser implements Parser {

  private static final int MAX_GROUP_DEPTH = 50;

  @Override
  public String version() {
    return "slides-1/poi-5.5";
  }

  @Override
  public void parse(Source source, LinearText out) throws IOException, InvalidFormatException {
    ZipSecureFile.setMaxEntrySize(source.limits().maxUnpackedBytes());
    try (var container = OPCPackage.open(source.path().toFile(), PackageAccess.READ);
        var show = new XMLSlideShow(container)) {
      out.title(show.getProperties().getCoreProperties().getTitle());
      var size = show.getPageSize();
      var slides = show.getSlides();
      for (int i = 0; i < slides.size(); i++) {
        out.beginPage(size.width, size.height);
        try {
          slide(slides.get(i), out);
        } catch (RuntimeException e) {
          if (e instanceof TextLimitReached) {
            throw e;
          }
          out.warn(ExtractionWarning.PARTIAL, "slide " + (i + 1) + " could not be read completely");
        }
        out.endPage();
        source.percent().accept(100 * (i + 1) / slides.size());
      }
    }
  }

  private static void slide(XSLFSlide slide, LinearText out) {
    var title = titleOf(slide);
    if (title != null) {
      out.heading(1, title.getText());
    }
    for (var shape : slide.getShapes()) {
      if (!shape.equals(title)) {
        shape(shape, out, 0);
      }
    }
    notes(slide, out);
  }

  private static @Nullable XSLFTextShape titleOf(XSLFSlide slide) {
    for (var shape : slide.getShapes()) {
      if (shape instanceof XSLFTextShape text
          && (text.getTextType() == Placeholder.TITLE
              || text.getTextType() == Placeholder.CENTERED_TITLE)
          && !text.getText().isBlank()) {
        return text;
      }
    }
    return null;
  }

  private static void shape(XSLFShape shape, LinearText out, int depth) {
    if (depth > MAX_GROUP_DEPTH) {
      return;
    }
    switch (shape) {
      case XSLFTable table -> table(table, out);
      case XSLFDiagram diagram -> {
        var group = diagram.getGroupShape();
        if (group != null) {
          shape(group, out, depth + 1);
        }
      }
      case XSLFGroupShape group -> group.getShapes().forEach(s -> shape(s, out, depth + 1));
      case XSLFTextShape text -> text(text, out);
      default -> {}
    }
  }

  /** Slide numbers, dates and footers say nothing about the slide. */
  private static boolean isFurniture(XSLFTextShape text) {
    var type = text.getTextType();
    return type == Placeholder.SLIDE_NUMBER
        || type == Placeholder.DATETIME
        || type == Placeholder.FOOTER
        || type == Placeholder.HEADER;
  }

  private static void text(XSLFTextShape shape, LinearText out) {
    if (isFurniture(shape)) {
      return;
    }
    int number = 0;
    for (var paragraph : shape.getTextParagraphs()) {
      var text = textOf(paragraph);
      if (text.isBlank()) {
        continue;
      }
      if (!isListItem(shape, paragraph)) {
        number = 0;
        out.paragraph(text);
        continue;
      }
      boolean numbered = paragraph.getAutoNumberingScheme() != null;
      number = numbered && paragraph.getIndentLevel() == 0 ? number + 1 : number;
      var marker = numbered && paragraph.getIndentLevel() == 0 ? number + ". " : "";
      out.block(Block.Kind.LIST_ITEM, paragraph.getIndentLevel() + 1, marker + text.strip());
    }
  }

  private static boolean isListItem(XSLFTextShape shape, XSLFTextParagraph paragraph) {
    return paragraph.isBullet() && shape.getTextParagraphs().size() > 1;
  }

  private static String textOf(XSLFTextParagraph paragraph) {
    return paragraph.getText().replace('\u000B', '\n');
  }

  private static void table(XSLFTable table, LinearText out) {
    var rows = new TableRows(out);
    for (var row : table.getRows()) {
      var cells = new ArrayList<String>();
      row.getCells().forEach(cell -> cells.add(cell.getText()));
      rows.row(cells);
    }
    rows.write();
  }

  private static void notes(XSLFSlide slide, LinearText out) {
    var notes = slide.getNotes();
    if (notes == null) {
      return;
    }
    for (var shape : notes.getShapes()) {
      if (shape instanceof XSLFTextShape text && text.getTextType() == Placeholder.BODY) {
        for (var paragraph : text.getTextParagraphs()) {
          out.block(Block.Kind.NOTE, 0, textOf(paragraph));
        }
      }
    }
  }
}
