package io.witan.engine.backend.cpu;

/**
 * What a kernel wants of a row of activations besides the floats themselves.
 *
 * <p>Quantised ones are signed bytes kept as shorts, with a scale per {@value #BLOCK}, and in an
 * order in which they meet the weights when several weight bytes are read as one short: first those
 * of the even bytes, then those of the odd ones.
 */
enum ActivationLayout {
  /** Nothing. */
  FLOATS(0),
  /** Of each block the even numbers, then the odd ones. */
  EVEN_ODD(32) {
    @Override
    int elementAt(int place) {
      return place < 16 ? 2 * place : 2 * (place - 16) + 1;
    }
  },
  /**
   * For nibbles of which a byte holds numbers i and i + 16, two blocks together: first numbers 2i
   * of both, then 2i + 16, 2i + 1, 2i + 17.
   */
  NIBBLE_PAIRS(64) {
    @Override
    int elementAt(int place) {
      int quarter = place / 16;
      int block = place / 8 % 2;
      return 32 * block + 2 * (place % 8) + 16 * (quarter % 2) + quarter / 2;
    }
  };

  /** Activations that share a scale. */
  static final int BLOCK = 32;

  private final int group;
  private final int[] order;

  ActivationLayout(int group) {
    this.group = group;
    this.order = new int[group];
    for (int place = 0; place < group; place++) {
      order[place] = elementAt(place);
    }
  }

  /** Which number of a group lies at {@code place}. */
  int elementAt(int place) {
    return place;
  }

  boolean isQuantized() {
    return group > 0;
  }

  /** Columns filled up to whole groups. */
  int padded(int columns) {
    return group == 0 ? columns : Math.ceilDiv(columns, group) * group;
  }

  /** Numbers of one group in the order of their places. */
  int[] order() {
    return order;
  }
}
