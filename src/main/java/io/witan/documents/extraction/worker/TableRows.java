package io.witan.documents.extraction.worker;

import io.witan.documents.extraction.Block;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Collects the rows of a table and writes them as one block: a line per row, cells separated by
 * {@code " | "}, without rows and columns that are empty throughout.
 */
final class TableRows {

  private static final int ROWS_AT_ONCE = 5_000;

  private final LinearText out;
  private final boolean keepsSingleColumn;
  private final List<List<String>> rows = new ArrayList<>();

  TableRows(LinearText out) {
    this(out, false);
  }

  /**
   * @param keepsSingleColumn whether one column is still a table, as in a spreadsheet, or was only
   *     a frame around text
   */
  TableRows(LinearText out, boolean keepsSingleColumn) {
    this.out = out;
    this.keepsSingleColumn = keepsSingleColumn;
  }

  /** Cells may hold several lines; they become one. */
  void row(List<String> cells) {
    if (cells.stream().allMatch(String::isBlank)) {
      return;
    }
    rows.add(List.copyOf(cells));
    if (rows.size() >= ROWS_AT_ONCE) {
      write();
    }
  }

  /** Writes what was collected. */
  void write() {
    var columns = usedColumns();
    if (columns.size() <= 1 && !keepsSingleColumn) {
      for (var row : rows) {
        row.stream().flatMap(String::lines).forEach(out::paragraph);
      }
    } else if (!rows.isEmpty()) {
      writeBlock(columns);
    }
    rows.clear();
  }

  private void writeBlock(List<Integer> columns) {
    var first = true;
    for (var row : rows) {
      var line = new StringBuilder();
      int lastUsed = 0;
      for (int column : columns) {
        if (line.length() > 0 || column != columns.getFirst()) {
          line.append(" | ");
        }
        var cell = column < row.size() ? CleanText.line(row.get(column)) : "";
        line.append(cell);
        lastUsed = cell.isEmpty() ? lastUsed : line.length();
      }
      line.setLength(lastUsed);
      if (line.toString().isBlank()) {
        continue;
      }
      if (first) {
        out.open(Block.Kind.TABLE, 0);
      } else {
        out.append("\n");
      }
      out.append(line);
      first = false;
    }
    out.close();
  }

  private List<Integer> usedColumns() {
    int width = rows.stream().mapToInt(List::size).max().orElse(0);
    var used = new ArrayList<>(Collections.nCopies(width, false));
    for (var row : rows) {
      for (int i = 0; i < row.size(); i++) {
        if (!row.get(i).isBlank()) {
          used.set(i, true);
        }
      }
    }
    var columns = new ArrayList<Integer>();
    for (int i = 0; i < width; i++) {
      if (used.get(i)) {
        columns.add(i);
      }
    }
    return columns;
  }
}
