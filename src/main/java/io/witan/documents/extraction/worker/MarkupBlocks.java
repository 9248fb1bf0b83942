package io.witan.documents.extraction.worker;

import io.witan.documents.extraction.Block;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Maps a stream of (X)HTML elements to blocks of linear text. */
final class MarkupBlocks {

  private static final int LIST_START = 1;

  private final LinearText out;
  private final Origin origin;
  private final MarkupTables tables;
  private final StringBuilder inline = new StringBuilder();
  private final StringBuilder titleText = new StringBuilder();
  private final Deque<ListState> lists = new ArrayDeque<>();
  private int skipDepth;
  private int preDepth;
  private int quoteDepth;
  private int headingLevel;
  private boolean inTitle;
  private boolean inItem;
  private String marker = "";

  MarkupBlocks(LinearText out, Origin origin) {
    this.out = out;
    this.origin = origin;
    this.tables = new MarkupTables(out, origin == Origin.SPREADSHEET);
  }

  /** Where the markup comes from, for what it leaves unsaid. */
  enum Origin {
    PAGE,
    /** Items of lists are paragraphs that begin with their mark. */
    OFFICE,
    /** A table of one column is a table. */
    SPREADSHEET
  }

  /**
   * An element begins.
   *
   * @param attribute value of an attribute by name, empty where absent
   */
  void start(String name, UnaryOperator<String> attribute) {
    var tag = name.toLowerCase(Locale.ROOT);
    if (skipDepth > 0 || MarkupTag.isSkipped(tag) || isHidden(attribute)) {
      skipDepth++;
      return;
    }
    if (MarkupTag.breaksParagraph(tag)) {
      flush();
    }
    switch (tag) {
      case "title" -> inTitle = true;
      case "br" -> text().append('\n');
      case "ul" -> lists.push(new ListState(false, 0));
      case "ol" -> lists.push(new ListState(true, startOf(attribute.apply("start"))));
      case "li" -> startItem();
      case "pre" -> preDepth++;
      case "blockquote" -> quoteDepth++;
      case "table" -> tables.start();
      case "tr" -> tables.startRow();
      case "td", "th" -> tables.startCell(attribute.apply("colspan"));
      case "img" -> text().append(' ');
      default -> headingLevel = Math.max(headingLevel, MarkupTag.headingLevel(tag));
    }
  }

  void end(String name) {
    var tag = name.toLowerCase(Locale.ROOT);
    if (skipDepth > 0) {
      skipDepth--;
      return;
    }
    if (inTitle && tag.equals("title")) {
      inTitle = false;
      out.title(titleText.toString());
      return;
    }
    if (MarkupTag.breaksParagraph(tag)) {
      flush();
    }
    switch (tag) {
      case "ul", "ol" -> lists.poll();
      case "li" -> endItem();
      case "pre" -> preDepth = Math.max(0, preDepth - 1);
      case "blockquote" -> quoteDepth = Math.max(0, quoteDepth - 1);
      case "table" -> tables.end();
      case "tr" -> tables.startRow();
      case "td", "th" -> tables.endCell();
      default -> headingLevel = MarkupTag.headingLevel(tag) > 0 ? 0 : headingLevel;
    }
  }

  void characters(CharSequence value) {
    if (skipDepth > 0) {
      return;
    }
    if (inTitle) {
      titleText.append(value);
    } else if (preDepth > 0 && tables.cell() == null) {
      inline.append(value);
    } else {
      appendCollapsed(value);
    }
  }

  /** Writes what is pending. */
  void flush() {
    var cell = tables.cell();
    if (cell != null) {
      if (!cell.isEmpty() && cell.charAt(cell.length() - 1) != '\n') {
        cell.append('\n');
      }
      return;
    }
    if (inline.isEmpty()) {
      return;
    }
    var content = inline.toString();
    inline.setLength(0);
    if (content.isBlank()) {
      return;
    }
    if (headingLevel > 0) {
      out.heading(headingLevel, content);
    } else if (preDepth > 0) {
      out.block(Block.Kind.CODE, 0, content);
    } else if (inItem && !lists.isEmpty()) {
      out.block(Block.Kind.LIST_ITEM, lists.size(), marker + content.strip());
      marker = "";
    } else if (origin == Origin.OFFICE && LineClues.startsItem(content.strip())) {
      var item = content.strip();
      out.block(Block.Kind.LIST_ITEM, 1, item.substring(LineClues.bulletLength(item)));
    } else {
      out.block(quoteDepth > 0 ? Block.Kind.QUOTE : Block.Kind.PARAGRAPH, 0, content);
    }
  }

  private void startItem() {
    inItem = true;
    var list = lists.peek();
    marker = list != null && list.ordered ? list.next++ + ". " : "";
  }

  private void endItem() {
    marker = "";
    inItem = lists.size() > 1;
  }

  private StringBuilder text() {
    var cell = tables.cell();
    return cell == null ? inline : cell;
  }

  private void appendCollapsed(CharSequence value) {
    var target = text();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      target.append(c == '\n' || c == '\r' || c == '\t' ? ' ' : c);
    }
  }

  private static boolean isHidden(UnaryOperator<String> attribute) {
    if ("navigation".equals(attribute.apply("role"))) {
      return true;
    }
    var style = attribute.apply("style");
    if (style.isEmpty()) {
      return false;
    }
    var compact = style.replace(" ", "").toLowerCase(Locale.ROOT);
    return compact.contains("display:none") || compact.contains("visibility:hidden");
  }

  private static int startOf(String value) {
    try {
      return value.isEmpty() ? LIST_START : Integer.parseInt(value.strip());
    } catch (NumberFormatException e) {
      return LIST_START;
    }
  }

  private static final class ListState {
    final boolean ordered;
    int next;

    ListState(boolean ordered, int next) {
      this.ordered = ordered;
      this.next = next;
    }
  }
}
