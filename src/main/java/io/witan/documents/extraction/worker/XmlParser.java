package io.witan.documents.extraction.worker;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import javax.xml.XMLConstants;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Any other XML: the text of each element is a paragraph; nothing outside the file is loaded. */
final class XmlParser implements Parser {

  @Override
  public String version() {
    return "xml-1";
  }

  @Override
  public void parse(Source source, LinearText out) throws Exception {
    var factory = SAXParserFactory.newDefaultInstance();
    factory.setNamespaceAware(true);
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
    factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    var parser = factory.newSAXParser();
    parser.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    try (var stream = Files.newInputStream(source.path())) {
      parser.parse(stream, new TextOfElements(out, source.limits().maxDepth()));
    }
  }

  private static final class TextOfElements extends DefaultHandler {
    private final LinearText out;
    private final int maxDepth;
    private final StringBuilder text = new StringBuilder();
    private int depth;

    TextOfElements(LinearText out, int maxDepth) {
      this.out = out;
      this.maxDepth = maxDepth;
    }

    @Override
    public InputSource resolveEntity(String publicId, String systemId) {
      return new InputSource(new ByteArrayInputStream(new byte[0]));
    }

    @Override
    public void startElement(String uri, String local, String name, Attributes attributes)
        throws SAXException {
      flush();
      if (++depth > maxDepth) {
        throw new SAXException("elements are nested more than " + maxDepth + " deep");
      }
    }

    @Override
    public void endElement(String uri, String local, String name) {
      flush();
      depth--;
    }

    @Override
    public void characters(char[] chars, int start, int length) {
      text.append(chars, start, length);
    }

    private void flush() {
      if (!text.isEmpty()) {
        out.paragraph(CleanText.line(text));
        text.setLength(0);
      }
    }
  }
}
