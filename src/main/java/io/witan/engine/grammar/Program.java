package io.witan.engine.grammar;

import java.util.BitSet;
import java.util.List;

/**
 * A grammar over bytes: rules are numbered, each has alternatives, and an alternative is a run of
 * items that {@link #END} closes.
 *
 * @param kinds what stands at a place
 * @param arguments the byte set or the rule
 * @param least how often a repeated rule must come
 * @param most how often it may; -1 for any number
 * @param alternatives where those of each rule begin
 * @param sets sets of bytes
 * @param root the rule of a whole text
 */
record Program(
    byte[] kinds,
    int[] arguments,
    int[] least,
    int[] most,
    int[][] alternatives,
    List<BitSet> sets,
    int root) {
  static final byte END = 0;
  static final byte BYTES = 1;
  static final byte RULE = 2;
  static final byte REPEAT = 3;
}
