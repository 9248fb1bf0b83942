package io.witan.documents.extraction.worker;

import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.TextPosition;

/**
 * Glyphs that follow each other on one baseline. Coordinates are in points in the direction of the
 * text: u runs along the line, v runs downwards to the baseline.
 */
final class PdfSegment {

  private static final double SPACE_TOLERANCE = 0.5;
  private static final double CHAR_TOLERANCE = 0.3;

  final StringBuilder text = new StringBuilder();
  final int direction;
  final float start;
  final float baseline;
  float size;
  float end;
  private int boldChars;
  private boolean endsBold;
  private float averageCharWidth;

  PdfSegment(TextPosition first, int direction) {
    this.direction = direction;
    this.start = first.getXDirAdj();
    this.end = start;
    this.baseline = first.getYDirAdj();
    this.size = sizeOf(first);
    add(first);
  }

  /** True where the glyph goes on where this segment ends. */
  boolean continuesWith(TextPosition glyph, int glyphDirection) {
    float glyphSize = sizeOf(glyph);
    float gap = glyph.getXDirAdj() - end;
    return glyphDirection == direction
        && Math.abs(glyph.getYDirAdj() - baseline) < 0.2f * Math.min(size, glyphSize)
        && Math.abs(glyphSize - size) < 0.25f * size
        && gap < 1.2f * size
        && gap > -0.5f * size;
  }

  void add(TextPosition glyph) {
    var unicode = LineClues.normalised(glyph.getUnicode());
    float width = glyph.getWidthDirAdj();
    float gap = glyph.getXDirAdj() - end;
    if (!text.isEmpty() && gap > spaceThreshold(glyph) && !endsWithSpace() && !unicode.isBlank()) {
      text.append(' ');
    }
    text.append(unicode);
    boolean bold = isBold(glyph.getFont());
    boldChars += bold ? unicode.length() : 0;
    if (!unicode.isBlank()) {
      endsBold = bold;
    }
    end = Math.max(end, glyph.getXDirAdj() + width);
    float perChar = width / Math.max(1, unicode.length());
    averageCharWidth = averageCharWidth == 0 ? perChar : (averageCharWidth + perChar) / 2;
  }

  float top() {
    return baseline - 0.8f * size;
  }

  boolean isBold() {
    return boldChars * 10 >= text.length() * 8;
  }

  boolean endsBold() {
    return endsBold;
  }

  private boolean endsWithSpace() {
    return text.charAt(text.length() - 1) == ' ';
  }

  /** The same rule as PDFBox: half a blank or a third of a character, whichever is less. */
  private double spaceThreshold(TextPosition glyph) {
    float space = glyph.getWidthOfSpace();
    double bySpace = space > 0 && !Float.isNaN(space) ? SPACE_TOLERANCE * space : Double.MAX_VALUE;
    double byChar = averageCharWidth > 0 ? CHAR_TOLERANCE * averageCharWidth : 0.15 * size;
    return Math.min(bySpace, byChar);
  }

  private static float sizeOf(TextPosition glyph) {
    float size = Math.abs(glyph.getFontSizeInPt());
    float height = glyph.getHeightDir();
    return size > 0 && size >= height ? size : Math.max(1, height * 1.3f);
  }

  private static boolean isBold(PDFont font) {
    var name = font.getName();
    if (name != null && LineClues.soundsBold(name)) {
      return true;
    }
    var descriptor = font.getFontDescriptor();
    return descriptor != null && (descriptor.isForceBold() || descriptor.getFontWeight() >= 600);
  }
}
