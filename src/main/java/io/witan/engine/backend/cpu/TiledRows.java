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
  abstract void two(long at, long rowBytes, int lines, int bytes, RowTile tile, long x);

  /** Adds products with three rows, laid out as four. */
  abstract void three(long at, long rowBytes, int lines, int bytes, RowTile tile, long x);

  /** Adds products with four rows. */
  abstract void four(long at, long rowBytes, int lines, int bytes, RowTile tile, long x);

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
    if (width == 1) {
      multiplyOne(lines, address, tile, out, rows.out()[rows.first()]);
    } else {
      multiplyMany(lines, address, rows, out, tile, width);
    }
    Reference.reachabilityFence(tile);
    Reference.reachabilityFence(lines);
  }

  private void multiplyOne(Lines lines, long address, RowTile tile, float[] out, int outAt) {
    int most = RowTile.LINES;
    int half = (lines.last() - lines.first() + 1) / 2;
    int second = lines.last() - lines.first() - half;
    for (int i = 0; i < half; i += most) {
      int some = Math.min(most, half - i);
      long at = address + i * lines.rowBytes();
      long other = address + (second + i) * lines.rowBytes();
      Arrays.fill(tile.sums, 0, 2 * RowTile.LINES * COUNT, 0);
      for (int from = 0; from < lines.columns(); from += RowTile.PIECE) {
        int bytes = (int) format.bytes(Math.min(RowTile.PIECE, lines.columns() - from));
        long skip = format.bytes(from);
        one(at + skip, other + skip, lines.rowBytes(), some, bytes, tile, tile.addressOf(from));
      }
      addUp(tile.sums, 2 * most);
      int to = outAt + lines.first() + i;
      for (int j = 0; j < some; j++) {
        out[to + j] = tile.sums[placeOf(j)];
        out[to + second + j] = tile.sums[placeOf(most + j)];
      }
    }
  }

  private void multiplyMany(
      Lines lines, long address, Rows rows, float[] out, RowTile tile, int width) {
    int count = lines.last() - lines.first();
    for (int line = 0; line < count; line += RowTile.LINES) {
      int some = Math.min(RowTile.LINES, count - line);
      long at = address + line * lines.rowBytes();
      Arrays.fill(tile.sums, 0, some * width * COUNT, 0);
      for (int from = 0; from < lines.columns(); from += RowTile.PIECE) {
        int bytes = (int) format.bytes(Math.min(RowTile.PIECE, lines.columns() - from));
        long start = at + format.bytes(from);
        if (width == 2) {
          two(start, lines.rowBytes(), some, bytes, tile, tile.addressOf(from));
        } else if (width == 3) {
          three(start, lines.rowBytes(), some, bytes, tile, tile.addressOf(from));
        } else {
          four(start, lines.rowBytes(), some, bytes, tile, tile.addressOf(from));
        }
      }
      addUp(tile.sums, some * width);
      for (int row = 0; row < rows.count(); row++) {
        int to = rows.out()[rows.first() + row] + lines.first() + line;
        for (int i = 0; i < some; i++) {
          out[to + i] = tile.sums[placeOf(i * width + row)];
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
