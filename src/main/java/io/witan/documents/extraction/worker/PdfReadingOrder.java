package io.witan.documents.extraction.worker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Puts the segments of a page into reading order: rows from the top, but columns of running text
 * one after the other. Tables stay row by row, because their cells do not fill their columns.
 */
final class PdfReadingOrder {

  private static final int MAX_DEPTH = 4;
  private static final int MIN_COLUMN_ROWS = 4;

  private final int upright;
  private final List<PdfLine> lines = new ArrayList<>();
  private int column;

  /**
   * @param upright direction of the text that is displayed upright
   */
  PdfReadingOrder(int upright) {
    this.upright = upright;
  }

  List<PdfLine> lines(List<PdfSegment> segments) {
    var byDirection = new TreeMap<Integer, List<PdfSegment>>();
    for (var segment : segments) {
      int turn = Math.floorMod(segment.direction - upright, 360);
      byDirection.computeIfAbsent(turn, t -> new ArrayList<>()).add(segment);
    }
    byDirection.values().forEach(same -> order(same, 0));
    return lines;
  }

  private void order(List<PdfSegment> segments, int depth) {
    var gutter =
        depth >= MAX_DEPTH || segments.size() < 2 * MIN_COLUMN_ROWS
            ? null
            : PdfGutter.find(segments);
    if (gutter == null) {
      rows(segments);
      return;
    }
    var left = new ArrayList<PdfSegment>();
    var right = new ArrayList<PdfSegment>();
    var across = new ArrayList<PdfSegment>();
    for (var row : rowsOf(segments)) {
      if (row.stream().anyMatch(gutter::crosses)) {
        columns(left, right, depth);
        across.addAll(row);
        continue;
      }
      rows(across);
      across.clear();
      for (var segment : row) {
        (segment.end <= gutter.middle() ? left : right).add(segment);
      }
    }
    columns(left, right, depth);
    rows(across);
  }

  private void columns(List<PdfSegment> left, List<PdfSegment> right, int depth) {
    if (rowsOf(left).size() < 2 || rowsOf(right).size() < 2) {
      var both = new ArrayList<>(left);
      both.addAll(right);
      rows(both);
    } else {
      order(List.copyOf(left), depth + 1);
      order(List.copyOf(right), depth + 1);
    }
    left.clear();
    right.clear();
  }

  private void rows(List<PdfSegment> segments) {
    if (segments.isEmpty()) {
      return;
    }
    for (var row : rowsOf(segments)) {
      var line = PdfLine.of(row, column);
      if (!line.text().isBlank()) {
        lines.add(line);
      }
    }
    column++;
  }

  /** Rows from the top; what overlaps by half of its height is on the same row. */
  static List<List<PdfSegment>> rowsOf(List<PdfSegment> segments) {
    var sorted = new ArrayList<>(segments);
    sorted.sort(Comparator.comparingDouble(s -> s.baseline));
    var rows = new ArrayList<List<PdfSegment>>();
    PdfSegment main = null;
    for (var segment : sorted) {
      if (main != null && overlaps(main, segment)) {
        rows.getLast().add(segment);
        main = segment.size > main.size ? segment : main;
      } else {
        rows.add(new ArrayList<>(List.of(segment)));
        main = segment;
      }
    }
    rows.forEach(row -> row.sort(Comparator.comparingDouble(s -> s.start)));
    return rows;
  }

  private static boolean overlaps(PdfSegment a, PdfSegment b) {
    float top = Math.max(a.top(), b.top());
    float bottom = Math.min(a.baseline, b.baseline);
    return bottom - top > 0.5f * 0.8f * Math.min(a.size, b.size);
  }
}
