package io.witan.documents.extraction.worker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables that are open while markup is read; an outer one is taken for page layout. */
final class MarkupTables {

  private static final int MAX_COLUMN_SPAN = 40;

  private final LinearText out;
  private final boolean isSpreadsheet;
  private final Deque<Table> open = new ArrayDeque<>();

  MarkupTables(LinearText out, boolean isSpreadsheet) {
    this.out = out;
    this.isSpreadsheet = isSpreadsheet;
  }

  /** The cell text goes to, or null where text is not in a cell of a real table. */
  @Nullable StringBuilder cell() {
    var table = open.peek();
    return table == null || table.layout ? null : table.cell;
  }

  void start() {
    var outer = open.peek();
    if (outer != null && !outer.layout) {
      outer.becomeLayout(out);
    }
    open.push(new Table(new TableRows(out, isSpreadsheet)));
  }

  void startRow() {
    var table = open.peek();
    if (table != null && !table.layout) {
      table.endRow();
    }
  }

  void startCell(String columnSpan) {
    var table = open.peek();
    if (table == null || table.layout) {
      return;
    }
    table.endCell();
    table.cell = new StringBuilder();
    table.span = spanOf(columnSpan);
  }

  void endCell() {
    var table = open.peek();
    if (table != null && !table.layout) {
      table.endCell();
    }
  }

  void end() {
    var table = open.poll();
    if (table != null && !table.layout) {
      table.endRow();
      table.rows.write();
    }
  }

  private static int spanOf(String value) {
    try {
      return Math.clamp(Integer.parseInt(value.strip()), 1, MAX_COLUMN_SPAN);
    } catch (NumberFormatException e) {
      return 1;
    }
  }

  private static final class Table {
    final TableRows rows;
    List<String> row = new ArrayList<>();
    @Nullable StringBuilder cell;
    int span = 1;
    boolean layout;

    Table(TableRows rows) {
      this.rows = rows;
    }

    void endCell() {
      if (cell != null) {
        row.add(cell.toString().strip());
        for (int i = 1; i < span; i++) {
          row.add("");
        }
        cell = null;
      }
    }

    void endRow() {
      endCell();
      rows.row(row);
      row = new ArrayList<>();
    }

    /** A table with a table inside arranges a page: what it held so far becomes paragraphs. */
    void becomeLayout(LinearText out) {
      endCell();
      rows.write();
      row.stream().flatMap(String::lines).forEach(out::paragraph);
      layout = true;
    }
  }
}
