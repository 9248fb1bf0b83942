package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Lanes.COUNT;

import io.witan.engine.tensor.TensorFormat;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Kernels with activations as they are: each weight becomes a float once, for all rows of a {@link
 * RowTile}. A row's products are added in the same order whatever the tile holds besides.
 *
 * <p>Scales of a weight row are decoded ahead of its weights, and read by broadcasting loads: that
 * leaves the vector units to the weights.
 */
abstract class TiledRows implements RowKernel {
  /** Whole numbers below {@code 1 << (23 - bit)} at {@code bit} of these floats' bits. */
  static final int SIXTEEN = 0x41800000;

  static final int LOW_NIBBLES = 15 << 15;
  static final int HIGH_NIBBLES = 15 << 19;
  static final int TWO_FIFTY_SIX = 0x43800000;

  private final TensorFormat format;

  TiledRows(TensorFormat format) {
    this.format = format;
  }

  @Override
  public ActivationLayout layout() {
    return ActivationLayout.FLOATS;
  }

  /** Puts rows of activations into the tile. */
  void pack(RowTile tile, RowInput in, Rows rows, int width, int columns) {
    tile.pack(in, rows, width, columns);
  }

  /** Decodes the scales of {@code columns} weights, at most a piece, into the tile. */
  abstract void decodeScales(MemorySegment w, long at, int columns, RowTile tile, int to);

  /**
   * Adds products with one row, of weight rows in two places: memory has then two streams to run
   * ahead of, and meets scales and weights in their order. The second ones' sums come half of
   * {@link RowTile#LINES} later.
   *
   * @param x where the row begins in the tile, in bytes
   */
  abstract void one(
      MemorySegment w,
      long at,
      long other,
      long rowBytes,
      int lines,
      int columns,
      RowTile tile,
      long x);

  /** Adds products with two rows. */
  abstract void two(
      MemorySegment w, long at, long rowBytes, int lines, int columns, RowTile tile, long x);

  /** Adds products with four rows. */
  abstract void four(
      MemorySegment w, long at, long rowBytes, int lines, int columns, RowTile tile, long x);

  @Override
  public void multiply(Lines lines, RowInput in, Rows rows, float[] out, RowTile tile) {
    int width = rows.count() == 3 ? 4 : rows.count();
    pack(tile, in, rows, width, lines.columns());
    if (width == 1) {
      multiplyOne(lines, tile, out, rows.out()[rows.first()]);
    } else {
      multiplyMany(lines, rows, out, tile, width);
    }
  }

  private void multiplyOne(Lines lines, RowTile tile, float[] out, int outAt) {
    int most = RowTile.LINES / 2;
    int half = (lines.last() - lines.first() + 1) / 2;
    int second = lines.last() - half;
    for (int i = 0; i < half; i += most) {
      int some = Math.min(most, half - i);
      long at = lines.startOf(lines.first() + i);
      long other = lines.startOf(second + i);
      Arrays.fill(tile.sums, 0, RowTile.LINES * COUNT, 0);
      for (int from = 0; from < lines.columns(); from += RowTile.PIECE) {
        int columns = Math.min(RowTile.PIECE, lines.columns() - from);
        long skip = format.bytes(from);
        long x = (long) tile.blockBytes() * (from / RowTile.BLOCK);
        one(lines.data(), at + skip, other + skip, lines.rowBytes(), some, columns, tile, x);
      }
      for (int j = 0; j < some; j++) {
        out[outAt + lines.first() + i + j] = Lanes.sum(tile.sums, j * COUNT);
        out[outAt + second + i + j] = Lanes.sum(tile.sums, (most + j) * COUNT);
      }
    }
  }

  private void multiplyMany(Lines lines, Rows rows, float[] out, RowTile tile, int width) {
    for (int line = lines.first(); line < lines.last(); line += RowTile.LINES) {
      int some = Math.min(RowTile.LINES, lines.last() - line);
      long at = lines.startOf(line);
      Arrays.fill(tile.sums, 0, some * width * COUNT, 0);
      for (int from = 0; from < lines.columns(); from += RowTile.PIECE) {
        int columns = Math.min(RowTile.PIECE, lines.columns() - from);
        long start = at + format.bytes(from);
        long x = (long) tile.blockBytes() * width * (from / RowTile.BLOCK);
        decodeScales(lines.data(), start, lines.rowBytes(), some, columns, tile, 0);
        if (width == 2) {
          two(lines.data(), start, lines.rowBytes(), some, columns, tile, x);
        } else {
          four(lines.data(), start, lines.rowBytes(), some, columns, tile, x);
        }
      }
      for (int row = 0; row < rows.count(); row++) {
        int to = rows.out()[rows.first() + row] + line;
        for (int i = 0; i < some; i++) {
          out[to + i] = Lanes.sum(tile.sums, (i * width + row) * COUNT);
        }
      }
    }
  }

  /** Decodes the scales of weight rows, those of the first as of row {@code first} of the tile. */
  final void decodeScales(
      MemorySegment w, long at, long rowBytes, int count, int columns, RowTile tile, int first) {
    for (int i = 0; i < count; i++) {
      decodeScales(w, at + i * rowBytes, columns, tile, (first + i) * RowTile.SCALES);
    }
  }
}
