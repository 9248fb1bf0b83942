package io.witan.documents.extraction.worker;

import java.util.ArrayList;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/** The readable text of inline Markdown: links as their text, images as their description. */
final class MarkdownInline {

  private MarkdownInline() {}

  static String textOf(Node node) {
    var text = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text value) {
            text.append(value.getLiteral());
          }

          @Override
          public void visit(Code code) {
            text.append(code.getLiteral());
          }

          @Override
          public void visit(SoftLineBreak lineBreak) {
            text.append(joiner(text, lineBreak));
          }

          @Override
          public void visit(HardLineBreak lineBreak) {
            text.append('\n');
          }

          @Override
          public void visit(HtmlInline html) {
            text.append(html.getLiteral().startsWith("<br") ? "\n" : "");
          }
        });
    return text.toString();
  }

  static void table(TableBlock table, LinearText out) {
    var rows = new TableRows(out);
    table.accept(
        new AbstractVisitor() {
          @Override
          public void visit(org.commonmark.node.CustomNode node) {
            if (node instanceof TableRow) {
              var cells = new ArrayList<String>();
              for (var cell = node.getFirstChild(); cell != null; cell = cell.getNext()) {
                cells.add(cell instanceof TableCell ? textOf(cell) : "");
              }
              rows.row(cells);
            } else {
              visitChildren(node);
            }
          }
        });
    rows.write();
  }

  private static String joiner(StringBuilder before, Node lineBreak) {
    if (!before.isEmpty() && lineBreak.getNext() instanceof Text next) {
      var literal = next.getLiteral();
      if (!literal.isEmpty()
          && CleanText.joinsWithoutSpace(
              before.codePointBefore(before.length()), literal.codePointAt(0))) {
        return "";
      }
    }
    return " ";
  }
}
