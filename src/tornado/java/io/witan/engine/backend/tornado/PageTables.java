package io.witan.engine.backend.tornado;

import java.util.Arrays;

/**
 * What the page tables on the device hold. A sequence keeps its place from step to step as long as
 * nobody else needs it, so that only what changed is sent: the page a row is written to comes with
 * the row, and whatever else differs comes as edits.
 */
final class PageTables {
  /** Sequences whose tables the device remembers. */
  static final int PLACES = 128;

  private final int pageCount;
  private final int[][] held;
  private final long[] usedAt = new long[PLACES];
  private final int[] placeOfPage;
  private long clock;

  PageTables(int pageCount) {
    this.pageCount = pageCount;
    this.held = new int[PLACES][];
    this.placeOfPage = new int[pageCount];
    Arrays.fill(placeOfPage, -1);
  }

  /** From here on places that are given out stay taken until the next call. */
  void beginStep() {
    clock++;
  }

  /**
   * The place of a sequence's table.
   *
   * @param table its pages
   * @param page index of the first page that the step writes to
   */
  int placeOf(int[] table, int page) {
    int place = placeOfPage[table[page]];
    if (place < 0 && page > 0) {
      place = placeOfPage[table[page - 1]];
    }
    if (place < 0 || usedAt[place] == clock) {
      place = oldest();
    }
    usedAt[place] = clock;
    return place;
  }

  private int oldest() {
    int oldest = 0;
    for (int i = 1; i < PLACES; i++) {
      if (usedAt[i] < usedAt[oldest]) {
        oldest = i;
      }
    }
    return oldest;
  }

  /** Where the table of a place begins. */
  int offset(int place) {
    return place * pageCount;
  }

  /** The row of a step brings this page with it. */
  void wrote(int place, int index, int page) {
    row(place)[index] = page;
    placeOfPage[page] = place;
  }

  /** Whether an edit is needed for this; it then counts as made. */
  boolean edit(int place, int index, int page) {
    var row = row(place);
    if (row[index] == page) {
      return false;
    }
    row[index] = page;
    return true;
  }

  private int[] row(int place) {
    var row = held[place];
    if (row == null) {
      row = new int[pageCount];
      Arrays.fill(row, -1);
      held[place] = row;
    }
    return row;
  }
}
