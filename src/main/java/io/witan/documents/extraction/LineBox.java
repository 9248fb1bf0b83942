package io.witan.documents.extraction;

/** Where a range of text stands on its page, in points from the top left corner as displayed. */
public record LineBox(int start, int end, float x, float y, float width, float height) {}
