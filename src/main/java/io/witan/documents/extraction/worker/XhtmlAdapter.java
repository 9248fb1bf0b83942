package io.witan.documents.extraction.worker;

import java.util.Set;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/** Feeds Tika's XHTML events to {@link MarkupBlocks} and turns its sheets and slides into pages. */
final class XhtmlAdapter extends DefaultHandler {

  private static final Set<String> PAGES = Set.of("page", "slide");

  private final LinearText out;
  private final MarkupBlocks blocks;

  XhtmlAdapter(LinearText out) {
    this.out = out;
    this.blocks = new MarkupBlocks(out);
  }

  @Override
  public void startElement(String uri, String localName, String qName, Attributes attributes) {
    if (localName.equals("div") && PAGES.contains(value(attributes, "class"))) {
      blocks.flush();
      out.beginPage(0, 0);
    }
    blocks.start(localName, name -> value(attributes, name));
  }

  @Override
  public void endElement(String uri, String localName, String qName) {
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
