package io.witan.documents.extraction.worker;

import java.util.List;

/**
 * One line of a page in reading order, in the coordinates of {@link PdfSegment}.
 *
 * @param endsBold whether its last letter is bold, however the rest is set
 * @param column lines with the same number stand in the same column
 */
record PdfLine(
    String text,
    int direction,
    int column,
    float start,
    float end,
    float baseline,
    float size,
    boolean bold,
    boolean endsBold) {

  private static final float SAME_LINE_GAP = 0.15f;

  /** Joins what stands side by side. */
  static PdfLine of(List<PdfSegment> row, int column) {
    var text = new StringBuilder();
    var widest = row.getFirst();
    float end = 0;
    int boldChars = 0;
    int chars = 0;
    for (var segment : row) {
      if (!text.isEmpty() && segment.start - end > SAME_LINE_GAP * segment.size) {
        text.append(' ');
      }
      text.append(segment.text);
      end = Math.max(end, segment.end);
      widest = segment.text.length() > widest.text.length() ? segment : widest;
      chars += segment.text.length();
      boldChars += segment.isBold() ? segment.text.length() : 0;
    }
    return new PdfLine(
        CleanText.line(text),
        widest.direction,
        column,
        row.getFirst().start,
        end,
        widest.baseline,
        widest.size,
        boldChars * 10 >= chars * 8,
        row.getLast().endsBold());
  }

  float width() {
    return end - start;
  }

  PdfLine withText(String value) {
    return new PdfLine(value, direction, column, start, end, baseline, size, bold, endsBold);
  }
}
