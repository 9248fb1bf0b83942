package io.witan.documents.extraction.worker;

import io.witan.documents.extraction.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.parser.IncludeSourceSpans;

/** Markdown (CommonMark and tables): what a reader sees, without the marks. */
final class MarkdownParser implements Parser {

  private static final Pattern FRONT_MATTER =
      Pattern.compile("\\A---[ \\t]*\\R(.*?)\\R---[ \\t]*(?:\\R|\\z)", Pattern.DOTALL);
  private static final Pattern FRONT_TITLE =
      Pattern.compile("(?m)^title:[ \\t]*[\"']?(.+?)[\"']?[ \\t]*$");

  @Override
  public String version() {
    return "markdown-1/commonmark-0.32";
  }

  @Override
  public void parse(Source source, LinearText out) throws IOException {
    var text = TextCharset.decode(Files.readAllBytes(source.path()));
    if (text.startsWith("\uFEFF")) {
      text = text.substring(1);
    }
    var front = FRONT_MATTER.matcher(text);
    if (front.find()) {
      var title = FRONT_TITLE.matcher(front.group(1));
      out.title(title.find() ? title.group(1) : null);
      text = text.substring(front.end());
    }
    var parser =
        org.commonmark.parser.Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.NONE)
            .build();
    children(parser.parse(text), out, 0);
  }

  private void children(Node parent, LinearText out, int depth) {
    for (var node = parent.getFirstChild(); node != null; node = node.getNext()) {
      block(node, out, depth);
    }
  }

  private void block(Node node, LinearText out, int depth) {
    switch (node) {
      case Heading heading -> {
        var text = MarkdownInline.textOf(heading);
        if (heading.getLevel() == 1) {
          out.title(text);
        }
        out.heading(heading.getLevel(), text);
      }
      case Paragraph paragraph -> out.paragraph(MarkdownInline.textOf(paragraph));
      case BulletList list -> items(list, out, depth + 1, -1);
      case OrderedList list -> {
        var first = list.getMarkerStartNumber();
        items(list, out, depth + 1, first == null ? 1 : first);
      }
      case BlockQuote quote -> quote(quote, out, depth);
      case FencedCodeBlock code -> out.block(Block.Kind.CODE, 0, code.getLiteral());
      case IndentedCodeBlock code -> out.block(Block.Kind.CODE, 0, code.getLiteral());
      case HtmlBlock html -> HtmlParser.readBody(html.getLiteral(), out);
      case TableBlock table -> MarkdownInline.table(table, out);
      default -> children(node, out, depth);
    }
  }

  private void quote(BlockQuote quote, LinearText out, int depth) {
    for (var node = quote.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Paragraph paragraph) {
        out.block(Block.Kind.QUOTE, 0, MarkdownInline.textOf(paragraph));
      } else {
        block(node, out, depth);
      }
    }
  }

  /**
   * @param first number of the first item, or -1 for bullets
   */
  private void items(Node list, LinearText out, int depth, int first) {
    int number = first;
    for (var item = list.getFirstChild(); item != null; item = item.getNext()) {
      if (item instanceof ListItem) {
        item(item, out, depth, number < 0 ? "" : number + ". ");
        number += number < 0 ? 0 : 1;
      }
    }
  }

  private void item(Node item, LinearText out, int depth, String marker) {
    var pending = marker;
    for (var node = item.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Paragraph paragraph) {
        out.block(Block.Kind.LIST_ITEM, depth, pending + MarkdownInline.textOf(paragraph));
        pending = "";
      } else {
        block(node, out, depth);
      }
    }
  }
}
