package io.witan.documents.extraction.worker;

import io.witan.documents.extraction.DocumentFormat;
import java.util.EnumSet;
import java.util.Set;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/** Feeds Tika's XHTML events to {@link MarkupBlocks} and turns its sheets and slides into pages. */
final class XhtmlAdapter extends DefaultHandler {

  private static final Set<String> PAGES = Set.of("page", "slide");

  /** html, body, div. */
  private static final int SHEET_DEPTH = 3;

  private final LinearText out;
  private final MarkupBlocks blocks;
  private final boolean sheets;
  private int depth;

  XhtmlAdapter(LinearText out, DocumentFormat format) {
    this.out = out;
    var spreadsheet = EnumSet.of(DocumentFormat.XLSX, DocumentFormat.XLS, DocumentFormat.ODS);
    this.sheets = spreadsheet.contains(format);
    this.blocks =
        new MarkupBlocks(
            out, sheets ? MarkupBlocks.Origin.SPREADSHEET : MarkupBlocks.Origin.OFFICE);
  }

  @Override
  public void startElement(String uri, String localName, String qName, Attributes attributes) {
    depth++;
    if (localName.equals("div")
        && (PAGES.contains(value(attributes, "class")) || (sheets && depth == SHEET_DEPTH))) {
      blocks.flush();
      out.beginPage(0, 0);
    }
    blocks.start(localName, name -> value(attributes, name));
  }

  @Override
  public void endElement(String uri, String localName, String qName) {
    depth--;
    blocks.end(localName);
  }

  @Override
  public void characters(char[] chars, int start, int length) {
    blocks.characters(new String(chars, start, length));
  }

  @Override
  public void ignorableWhitespace(char[] chars, int start, int length) {
    blocks.characters(" ");
  }

  void finish() {
    blocks.flush();
  }

  private static String value(Attributes attributes, String name) {
    var value = attributes.getValue(name);
    return value == null ? "" : value;
  }
}
