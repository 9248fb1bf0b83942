package io.witan.documents.chunking;

import io.witan.documents.extraction.Block;

/**
 * What is never cut further: a block, or a part of one that was too large.
 *
 * @param size in multiples of the target
 * @param level of a heading, else 0
 * @param headingPath the headings above it, itself included where it is one
 * @param startsSheet whether a new slide or sheet starts with it
 */
record Piece(
    Block.Kind kind,
    int level,
    int start,
    int end,
    double size,
    String headingPath,
    boolean startsSheet) {

  boolean isHeading() {
    return kind == Block.Kind.HEADING;
  }

  boolean isItem() {
    return kind == Block.Kind.LIST_ITEM;
  }

  /** Content of different sections is kept apart where possible. */
  boolean startsSection() {
    return startsSheet || (isHeading() && level <= 2);
  }
}
