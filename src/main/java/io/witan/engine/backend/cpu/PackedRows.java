package io.witan.engine.backend.cpu;

import java.util.Arrays;

/**
 * Rows of activations, groups of as many as a vector has lanes interleaved, so that a panel product
 * reads those of one column as a vector: {@code [group][column][row of the group]}. Rows missing in
 * a last group are zero.
 */
final class PackedRows {
  /** Rows of one group. */
  static final int GROUP = Lanes.COUNT;

  /** Columns that are packed at a time, so that what is written stays in the first cache. */
  private static final int BLOCK = 64;

  private float[] numbers = {};
  private int columns;

  /** Makes room; what was there is gone. */
  void reset(int groups, int newColumns) {
    columns = newColumns;
    int needed = groups * GROUP * columns;
    if (numbers.length < needed) {
      numbers = new float[needed];
    }
  }

  /**
   * Packs up to a group of rows.
   *
   * @param rows where each row begins in {@code from}, {@code count} of them from {@code first} on
   */
  void pack(int group, float[] from, int[] rows, int first, int count) {
    int start = group * GROUP * columns;
    if (count < GROUP) {
      Arrays.fill(numbers, start, start + GROUP * columns, 0);
    }
    for (int column = 0; column < columns; column += BLOCK) {
      int last = Math.min(columns, column + BLOCK);
      for (int row = 0; row < count; row++) {
        int source = rows[first + row];
        int to = start + row;
        for (int i = column; i < last; i++) {
          numbers[to + i * GROUP] = from[source + i];
        }
      }
    }
  }

  float[] numbers() {
    return numbers;
  }

  int columns() {
    return columns;
  }

  /** Where a group begins. */
  int startOf(int group) {
    return group * GROUP * columns;
  }

  static int groups(int rows) {
    return Math.ceilDiv(rows, GROUP);
  }
}
