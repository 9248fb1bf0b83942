package io.witan.retrieval;

/**
 * Text of one or more passages in a row.
 *
 * @param start offset of its first UTF-16 code unit in the text version
 */
public record PassageText(int start, String text) {}
