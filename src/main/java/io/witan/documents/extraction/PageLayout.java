package io.witan.documents.extraction;

import java.util.List;

/**
 * One page, slide or sheet and the range of text that came from it.
 *
 * @param number from 1
 * @param width in points; 0 where the format has no page size
 * @param height in points; 0 where the format has no page size
 * @param start first UTF-16 code unit
 * @param end after the last one; equal to start for a page without text
 * @param lines in order of the text; empty for slides and sheets
 */
public record PageLayout(
    int number, float width, float height, int start, int end, List<LineBox> lines) {

  public PageLayout {
    lines = List.copyOf(lines);
  }
}
