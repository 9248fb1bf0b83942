package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Lanes.COUNT;

import io.witan.engine.tensor.TensorFormat;
import java.lang.ref.Reference;
import java.util.Arrays;

/**
 * Kernels with activations as they are: each weight becomes a float once, for all rows of a {@link
 * RowTile}. A row's products are added in the same order whatever the tile holds besides.
 *
 * <p>Activations lie as far apart as the blocks of weights that they meet, times a power of two:
 * one counter serves for both. Scales are read by broadcasting loads where they can be, which
 * leaves the vector units to the weights.
 */
abstract class TiledRows implements RowKernel {
  /** Whole numbers below {@code 1 << (23 - bit)} at {@code bit} of these floats' bits. */
  static final int SIXTEEN = 0x41800000;

  static final int LOW_NIBBLES = 15 << 15;
  static final int HIGH_NIBBLES = 15 << 19;
  static final int TWO_FIFTY_SIX = 0x43800000;

  /**
   * The bits of a half float, 13 further up, that are also a float's; times {@link #HALF_SCALE}.
   */
  static final int HALF_BITS = 0x8FFFE000;

  static final float HALF_SCALE = 0x1p112f;

  private final TensorFormat format;

  TiledRows(TensorFormat format) {
    this.format = format;
  }

  /** Puts rows of activations into the tile. */
  abstract void pack(RowTile tile, RowInput in, Rows rows, int width, int columns);

  /**
   * Adds products with one row, of weight rows in two places: memory has then two streams to run
   * ahead of. The second ones' sums come {@link RowTile#LINES} later.
   *
   * @param at address of the first weight row, or a part of it
   * @param other address of the second
   * @param bytes of a weight row, or of the part
   * @param x address of the activations that they meet
   */
  abstract void one(long at, long other, long rowBytes, int lines, int bytes, RowTile tile, long x);

  /** Adds products with two rows. */
  abstract void two(long at, long other, long rowBytes, int lines, int bytes, RowTile tile, long x);

  /** Adds products with three rows, laid out as four. */
  abstract void three(
      long at, long other, long rowBytes, int lines, int bytes, RowTile tile, long x);

  /** Adds products with four rows. */
  abstract void four(
      long at, long other, long rowBytes, int lines, int bytes, RowTile tile, long x);

  /** What the sums must be multiplied by. */
  float scaleOfSums() {
    return 1;
  }

  @Override
  public void multiply(Lines lines, RowInput in, Rows rows, float[] out, RowTile tile) {
    if (lines.last() == lines.first()) {
      return;
    }
    int width = rows.count();
    pack(tile, in, rows, width, lines.columns());
    long bytes =
        (lines.last() - lines.first() - 1L) * lines.rowBytes() + format.bytes(lines.columns());
    long address = NativeMemory.address(lines.data(), lines.at(), bytes);
    multiply(lines, address, rows, out, tile);
    Reference.reachabilityFence(tile);
    Reference.reachabilityFence(lines);
  }

  /** Weight rows of the upper half go with those of the lower; one in the middle with itself. */
  private void multiply(Lines lines, long address, Rows rows, float[] out, RowTile tile) {
    float scale = scaleOfSums();
    int width = rows.count();
    int half = (lines.last() - lines.first() + 1) / 2;
    int second = lines.last() - lines.first() - half;
    for (int i = 0; i < half; i += RowTile.LINES) {
      int some = Math.min(RowTile.LINES, half - i);
      long at = address + i * lines.rowBytes();
      long other = address + (second + i) * lines.rowBytes();
      Arrays.fill(tile.sums, 0, 2 * RowTile.LINES * width * COUNT, 0);
      for (int from = 0; from < lines.columns(); from += RowTile.PIECE) {
        int bytes = (int) format.bytes(Math.min(RowTile.PIECE, lines.columns() - from));
        long skip = format.bytes(from);
        long x = tile.addressOf(from);
        switch (width) {
          case 1 -> one(at + skip, other + skip, lines.rowBytes(), some, bytes, tile, x);
          case 2 -> two(at + skip, other + skip, lines.rowBytes(), some, bytes, tile, x);
          case 3 -> three(at + skip, other + skip, lines.rowBytes(), some, bytes, tile, x);
          default -> four(at + skip, other + skip, lines.rowBytes(), some, bytes, tile, x);
        }
      }
      addUp(tile.sums, 2 * RowTile.LINES * width);
      for (int row = 0; row < width; row++) {
        int to = rows.out()[rows.first() + row] + lines.first() + i;
        for (int j = 0; j < some; j++) {
          out[to + j] = scale * tile.sums[placeOf(j * width + row)];
          out[to + second + j] = scale * tile.sums[placeOf((RowTile.LINES + j) * width + row)];
        }
      }
    }
  }

  private static void addUp(float[] sums, int count) {
    for (int i = 0; i < count; i += COUNT) {
      Lanes.sums(sums, i * COUNT);
    }
  }

  /** Where the sum of a vector is after {@link #addUp}. */
  private static int placeOf(int vector) {
    return vector / COUNT * COUNT * COUNT + vector % COUNT;
  }
}
