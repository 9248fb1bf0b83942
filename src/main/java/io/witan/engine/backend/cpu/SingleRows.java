package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Lanes.COUNT;

import io.witan.engine.tensor.TensorFormat;

/**
 * Kernels of numbers with up to five bits that take one weight row at a time; three rows are two
 * and one. Whatever comes along, activations lie as for four.
 */
abstract class SingleRows extends TiledRows {
  /** Bytes of activations to a byte of weights. */
  private static final int SPREAD = 32;

  /** Numbers of five bits from bit 14 of a float's bits on. */
  static final int FIVE_HUNDRED_TWELVE = 0x44000000;

  /** Numbers of five bits from bit 18 on. */
  static final int THIRTY_TWO = 0x42000000;

  static final int LOW_NIBBLES = 15 << 14;
  static final int HIGH_NIBBLES = 15 << 18;
  static final int LOW_FIFTH = 1 << 18;
  static final int HIGH_FIFTH = 1 << 22;

  /** Takes the bit of a lane's number to {@link #HIGH_FIFTH}; four later, to {@link #LOW_FIFTH}. */
  static final int[] SHIFTS = {
    22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3
  };

  private final int block;
  private final int blockBytes;

  SingleRows(TensorFormat format, int block) {
    super(format);
    this.block = block;
    this.blockBytes = format.blockBytes();
  }

  /**
   * Adds products with one row.
   *
   * @param sumsAt where the sums of the first weight row are
   * @param spacing from one weight row's sums to the next one's
   */
  abstract void one(
      long at, long rowBytes, int lines, int bytes, long x, RowTile tile, int sumsAt, int spacing);

  /** Adds products with two rows. */
  abstract void two(
      long at, long rowBytes, int lines, int bytes, long x, RowTile tile, int sumsAt, int spacing);

  /** Adds products with four rows. */
  abstract void four(
      long at, long rowBytes, int lines, int bytes, long x, RowTile tile, int sumsAt, int spacing);

  @Override
  void pack(RowTile tile, RowInput in, Rows rows, int width, int columns) {
    tile.pack(in, rows, width, columns, block, SPREAD * blockBytes);
  }

  @Override
  void one(long at, long other, long rowBytes, int lines, int bytes, RowTile tile, long x) {
    one(at, rowBytes, lines, bytes, x, tile, 0, COUNT);
    one(other, rowBytes, lines, bytes, x, tile, RowTile.LINES * COUNT, COUNT);
  }

  @Override
  void two(long at, long other, long rowBytes, int lines, int bytes, RowTile tile, long x) {
    two(at, rowBytes, lines, bytes, x, tile, 0, 2 * COUNT);
    two(other, rowBytes, lines, bytes, x, tile, 2 * RowTile.LINES * COUNT, 2 * COUNT);
  }

  @Override
  void three(long at, long other, long rowBytes, int lines, int bytes, RowTile tile, long x) {
    int beyond = 3 * RowTile.LINES * COUNT;
    long third = x + 2L * block * Float.BYTES;
    two(at, rowBytes, lines, bytes, x, tile, 0, 3 * COUNT);
    one(at, rowBytes, lines, bytes, third, tile, 2 * COUNT, 3 * COUNT);
    two(other, rowBytes, lines, bytes, x, tile, beyond, 3 * COUNT);
    one(other, rowBytes, lines, bytes, third, tile, beyond + 2 * COUNT, 3 * COUNT);
  }

  @Override
  void four(long at, long other, long rowBytes, int lines, int bytes, RowTile tile, long x) {
    four(at, rowBytes, lines, bytes, x, tile, 0, 4 * COUNT);
    four(other, rowBytes, lines, bytes, x, tile, 4 * RowTile.LINES * COUNT, 4 * COUNT);
  }
}
