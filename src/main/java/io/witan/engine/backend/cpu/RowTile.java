package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Lanes.COUNT;
import static io.witan.engine.backend.cpu.Lanes.FLOATS;
import static io.witan.engine.backend.cpu.Lanes.ORDER;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Up to four rows of activations that meet the same weights, side by side block by block: {@code
 * [column / block][row][column % block]}. A kernel reaches all of them from one address, and no
 * vector of them crosses a cache line. It also keeps what a kernel needs per weight row. One thread
 * uses it at a time.
 */
final class RowTile {
  /** Most columns that weight rows are multiplied with before the next weight rows. */
  static final int PIECE = 1024;

  /** Most weight rows at a time. */
  static final int LINES = 8;

  private static final int CACHE_LINE = 64;

  /** Columns of a block with offsets. */
  private static final int SMALL = 32;

  /** Bytes of a row's block with offsets behind it. */
  private static final int OFFSET_BYTES = SMALL * Float.BYTES + CACHE_LINE;

  private MemorySegment memory = MemorySegment.NULL;
  private int block;
  private int spacing;

  /** Scales of the blocks at hand. */
  final float[] scales = new float[64];

  /** A vector of sums for each weight row, of two times {@link #LINES}, and row. */
  final float[] sums = new float[2 * LINES * RowKernel.MOST_ROWS * COUNT];

  /** The address of the activations of a block's first column. */
  long addressOf(int column) {
    return memory.address() + (long) spacing * (column / block);
  }

  /**
   * Copies rows.
   *
   * @param width rows of the tile; those after {@code rows.count()} are of any content
   * @param newBlock columns of a block
   * @param newSpacing bytes from one block to the next, a multiple of a cache line
   */
  void pack(
      RowInput in, RowKernel.Rows rows, int width, int columns, int newBlock, int newSpacing) {
    reserve(newBlock, newSpacing, columns);
    int rowBytes = newBlock * Float.BYTES;
    for (int row = 0; row < Math.min(width, rows.count()); row++) {
      copy(in, rows.in()[rows.first() + row], columns, (long) row * rowBytes);
    }
  }

  /**
   * Copies rows in blocks of {@value #SMALL}, and puts behind each block the sum of its vectors,
   * lane by lane, those of its first half times {@code low} and those of its second half times
   * {@code high}.
   */
  void pack(
      RowInput in,
      RowKernel.Rows rows,
      int width,
      int columns,
      int newSpacing,
      float low,
      float high) {
    reserve(SMALL, newSpacing, columns);
    for (int row = 0; row < Math.min(width, rows.count()); row++) {
      int number = rows.in()[rows.first() + row];
      copy(in, number, columns, (long) row * OFFSET_BYTES);
      int from = in.floatsOf(number);
      long to = (long) row * OFFSET_BYTES + SMALL * Float.BYTES;
      for (int i = 0; i < columns; i += SMALL, to += spacing) {
        offsets(in.floats(), from + i, low, high).intoMemorySegment(memory, to, ORDER);
      }
    }
  }

  private void reserve(int newBlock, int newSpacing, int columns) {
    block = newBlock;
    spacing = newSpacing;
    long needed = (long) newSpacing * (columns / newBlock);
    if (memory.byteSize() < needed) {
      memory = Arena.ofAuto().allocate(needed, CACHE_LINE);
    }
  }

  private void copy(RowInput in, int row, int columns, long at) {
    int from = in.floatsOf(row);
    for (int i = 0; i < columns; i += block) {
      long to = at + (long) spacing * (i / block);
      for (int j = 0; j < block; j += COUNT) {
        FloatVector.fromArray(FLOATS, in.floats(), from + i + j)
            .intoMemorySegment(memory, to + (long) Float.BYTES * j, ORDER);
      }
    }
  }

  private static FloatVector offsets(float[] from, int at, float low, float high) {
    var sum = FloatVector.zero(FLOATS);
    for (int j = 0; j < SMALL / 2; j += COUNT) {
      sum = FloatVector.fromArray(FLOATS, from, at + j).mul(low).add(sum);
      sum = FloatVector.fromArray(FLOATS, from, at + j + SMALL / 2).mul(high).add(sum);
    }
    return sum;
  }
}
