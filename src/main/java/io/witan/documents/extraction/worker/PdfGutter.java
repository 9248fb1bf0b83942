package io.witan.documents.extraction.worker;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The white stripe between two columns of running text.
 *
 * @param middle where it is, in points along the line
 */
record PdfGutter(float middle) {

  private static final float STEP = 2;
  private static final int MIN_ROWS = 4;
  private static final double MOST_CROSSING = 0.4;
  private static final double FILLED = 0.6;
  private static final double MOST_DIGITS = 0.3;

  boolean crosses(PdfSegment segment) {
    return segment.start < middle && segment.end > middle;
  }

  /** The gutter of these segments, or null where they do not stand in columns. */
  static @Nullable PdfGutter find(List<PdfSegment> segments) {
    float left = Float.MAX_VALUE;
    float right = -Float.MAX_VALUE;
    float size = 0;
    for (var segment : segments) {
      left = Math.min(left, segment.start);
      right = Math.max(right, segment.end);
      size += segment.size / segments.size();
    }
    int bins = (int) ((right - left) / STEP);
    if (bins < 20 || bins > 5_000) {
      return null;
    }
    var crossing = crossings(segments, left, bins);
    int from = bins / 5;
    int to = bins - bins / 5;
    int fewest = Integer.MAX_VALUE;
    for (int i = from; i < to; i++) {
      fewest = Math.min(fewest, crossing[i]);
    }
    int rows = PdfReadingOrder.rowsOf(segments).size();
    if (fewest > MOST_CROSSING * rows) {
      return null;
    }
    float middle = widest(crossing, from, to, fewest, left, size);
    if (Float.isNaN(middle)) {
      return null;
    }
    var gutter = new PdfGutter(middle);
    return isColumn(segments, s -> s.end <= gutter.middle)
            && isColumn(segments, s -> s.start >= gutter.middle)
        ? gutter
        : null;
  }

  private static int[] crossings(List<PdfSegment> segments, float left, int bins) {
    var crossing = new int[bins];
    for (var segment : segments) {
      int first = Math.max(0, (int) ((segment.start - left) / STEP));
      int last = Math.min(bins - 1, (int) ((segment.end - left) / STEP));
      for (int i = first; i <= last; i++) {
        crossing[i]++;
      }
    }
    return crossing;
  }

  private static float widest(
      int[] crossing, int from, int to, int fewest, float left, float size) {
    int bestStart = -1;
    int bestLength = 0;
    int start = -1;
    for (int i = from; i <= to; i++) {
      boolean free = i < to && crossing[i] <= fewest;
      if (free && start < 0) {
        start = i;
      } else if (!free && start >= 0) {
        if (i - start > bestLength) {
          bestLength = i - start;
          bestStart = start;
        }
        start = -1;
      }
    }
    return bestLength * STEP < 0.6f * size
        ? Float.NaN
        : left + (bestStart + bestLength / 2f) * STEP;
  }

  /** Running text fills its column and consists of words. */
  private static boolean isColumn(List<PdfSegment> segments, Predicate<PdfSegment> side) {
    var rows = PdfReadingOrder.rowsOf(segments.stream().filter(side).toList());
    if (rows.size() < MIN_ROWS) {
      return false;
    }
    var lines = rows.stream().map(row -> PdfLine.of(row, 0)).toList();
    double left = lines.stream().mapToDouble(PdfLine::start).min().orElse(0);
    double right = lines.stream().mapToDouble(PdfLine::end).max().orElse(0);
    var widths = lines.stream().mapToDouble(PdfLine::width).sorted().toArray();
    double median = widths[widths.length / 2];
    long chars = lines.stream().mapToLong(l -> l.text().length()).sum();
    long digits =
        lines.stream().flatMapToInt(l -> l.text().chars()).filter(Character::isDigit).count();
    double narrow = chars / (double) lines.size();
    double size = lines.getFirst().size();
    return median >= FILLED * (right - left)
        && digits <= MOST_DIGITS * chars
        && median >= 8 * size
        && narrow >= 8;
  }
}
