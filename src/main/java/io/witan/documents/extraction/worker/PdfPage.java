package io.witan.documents.extraction.worker;

import io.witan.documents.extraction.LineBox;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of one page in reading order.
 *
 * @param width of the crop box in points, before rotation
 * @param height of the crop box in points, before rotation
 * @param rotation 0, 90, 180 or 270: how the page is turned clockwise for display
 */
record PdfPage(float width, float height, int rotation, List<PdfLine> lines) {

  private static final float ASCENT = 0.85f;
  private static final float DESCENT = 0.25f;

  PdfPage {
    lines = new ArrayList<>(lines);
  }

  float displayWidth() {
    return rotation % 180 == 0 ? width : height;
  }

  float displayHeight() {
    return rotation % 180 == 0 ? height : width;
  }

  /** Where a line stands on the page as displayed. */
  LineBox boxOf(PdfLine line, int start, int end) {
    float top = line.baseline() - ASCENT * line.size();
    float bottom = line.baseline() + DESCENT * line.size();
    int turn = line.direction();
    float x1 = displayX(userX(turn, line.start(), top), userY(turn, line.start(), top));
    float y1 = displayY(userX(turn, line.start(), top), userY(turn, line.start(), top));
    float x2 = displayX(userX(turn, line.end(), bottom), userY(turn, line.end(), bottom));
    float y2 = displayY(userX(turn, line.end(), bottom), userY(turn, line.end(), bottom));
    float left = Math.clamp(Math.min(x1, x2), 0, displayWidth());
    float upper = Math.clamp(Math.min(y1, y2), 0, displayHeight());
    float right = Math.clamp(Math.max(x1, x2), left, displayWidth());
    float lower = Math.clamp(Math.max(y1, y2), upper, displayHeight());
    return new LineBox(start, end, left, upper, right - left, lower - upper);
  }

  /** The inverse of PDFBox's direction-adjusted coordinates, to points from the lower left. */
  private float userX(int turn, float u, float v) {
    return switch (turn) {
      case 90 -> v;
      case 180 -> width - u;
      case 270 -> width - v;
      default -> u;
    };
  }

  private float userY(int turn, float u, float v) {
    return switch (turn) {
      case 90 -> u;
      case 180 -> v;
      case 270 -> height - u;
      default -> height - v;
    };
  }

  private float displayX(float x, float y) {
    return switch (rotation) {
      case 90 -> y;
      case 180 -> width - x;
      case 270 -> height - y;
      default -> x;
    };
  }

  private float displayY(float x, float y) {
    return switch (rotation) {
      case 90 -> x;
      case 180 -> y;
      case 270 -> width - x;
      default -> height - y;
    };
  }
}
