package io.witan.documents.extraction.worker;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** Web pages: the main part where the page names one, else the body without its navigation. */
final class HtmlParser implements Parser {

  private static final int MAIN_AT_LEAST = 200;

  @Override
  public String version() {
    return "html-1/jsoup-1.24";
  }

  @Override
  public void parse(Source source, LinearText out) throws IOException {
    var bytes = Files.readAllBytes(source.path());
    read(parse(bytes), out);
  }

  /** Reads HTML that came as text, for instance the body of an e-mail. */
  static void readBody(String html, LinearText out) {
    walk(Jsoup.parse(html).body(), out);
  }

  private static Document parse(byte[] bytes) throws IOException {
    // without a charset of its own jsoup would take UTF-8 for granted
    var document = Jsoup.parse(new ByteArrayInputStream(bytes), null, "");
    var declared =
        !document.select("meta[charset], meta[http-equiv=content-type]").isEmpty()
            || TextCharset.hasByteOrderMark(bytes)
            || document.body().wholeText().indexOf('\uFFFD') < 0;
    return declared ? document : Jsoup.parse(TextCharset.decode(bytes), "");
  }

  private static void read(Document document, LinearText out) {
    out.title(document.title());
    walk(mainPart(document), out);
  }

  private static Element mainPart(Document document) {
    var mains = document.select("main, [role=main]");
    if (mains.size() == 1) {
      var main = mains.getFirst();
      if (main.text().length() >= MAIN_AT_LEAST) {
        return main;
      }
    }
    return document.body();
  }

  private static void walk(Element root, LinearText out) {
    var blocks = new MarkupBlocks(out, MarkupBlocks.Origin.PAGE);
    root.traverse(
        new NodeVisitor() {
          @Override
          public void head(Node node, int depth) {
            if (node instanceof TextNode text) {
              blocks.characters(text.getWholeText());
            } else if (node instanceof Element element) {
              blocks.start(element.tagName(), element::attr);
            }
          }

          @Override
          public void tail(Node node, int depth) {
            if (node instanceof Element element) {
              blocks.end(element.tagName());
            }
          }
        });
    blocks.flush();
  }
}
