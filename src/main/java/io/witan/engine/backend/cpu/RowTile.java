package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Lanes.COUNT;
import static io.witan.engine.backend.cpu.Lanes.FLOATS;
import static io.witan.engine.backend.cpu.Lanes.ORDER;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Up to four rows of activations that meet the same weights, side by side in pieces of {@value
 * #BLOCK} columns: {@code [column / 32][row][column % 32]}. A kernel reaches all of them from one
 * address, and no vector of them crosses a cache line. It also keeps what a kernel needs per weight
 * row. One thread uses it at a time.
 */
final class RowTile {
  static final int BLOCK = 32;

  /** Most columns whose scales are decoded at a time. */
  static final int PIECE = 1024;

  /** Most weight rows whose scales are decoded at a time. */
  static final int LINES = 8;

  /** From one list of a weight row's scales to the next. */
  static final int SECOND = PIECE / 16;

  /** From one weight row's scales to the next. */
  static final int SCALES = 3 * SECOND;

  private static final int CACHE_LINE = 64;
  private static final int BLOCK_BYTES = BLOCK * Float.BYTES;

  private MemorySegment memory = MemorySegment.NULL;

  /** Scales of a piece of a weight row; what is taken away comes {@link #SECOND} later. */
  final float[] scales = new float[LINES * SCALES];

  /** A vector of sums for each weight row and row. */
  final float[] sums = new float[LINES * RowKernel.MOST_ROWS * COUNT];

  /** Bytes of a row's block with offsets behind it. */
  static final int OFFSET_BYTES = BLOCK_BYTES + COUNT * Float.BYTES;

  private int blockBytes;

  /** Bytes of a row's block. */
  int blockBytes() {
    return blockBytes;
  }

  /**
   * Copies rows.
   *
   * @param width rows of the tile; those after {@code rows.count()} are of any content
   */
  void pack(RowInput in, RowKernel.Rows rows, int width, int columns) {
    reserve(BLOCK_BYTES, width, columns);
    for (int row = 0; row < rows.count(); row++) {
      int from = in.floatsOf(rows.in()[rows.first() + row]);
      copy(in.floats(), from, columns, memory, (long) row * BLOCK_BYTES, width * BLOCK_BYTES);
    }
  }

  /**
   * Copies rows, and puts behind each block the sum of its vectors, lane by lane, those of its
   * first half times {@code low} and those of its second half times {@code high}.
   */
  void pack(RowInput in, RowKernel.Rows rows, int width, int columns, float low, float high) {
    reserve(OFFSET_BYTES, width, columns);
    for (int row = 0; row < rows.count(); row++) {
      int from = in.floatsOf(rows.in()[rows.first() + row]);
      int stride = width * OFFSET_BYTES;
      copy(in.floats(), from, columns, memory, (long) row * OFFSET_BYTES, stride);
      long to = (long) row * OFFSET_BYTES + BLOCK_BYTES;
      for (int i = 0; i < columns; i += BLOCK, to += stride) {
        offsets(in.floats(), from + i, low, high).intoMemorySegment(memory, to, ORDER);
      }
    }
  }

  private void reserve(int bytes, int width, int columns) {
    blockBytes = bytes;
    long needed = (long) bytes * width * (columns / BLOCK);
    if (memory.byteSize() < needed) {
      memory = Arena.ofAuto().allocate(needed, CACHE_LINE);
    }
  }

  private static void copy(
      float[] from, int at, int columns, MemorySegment memory, long to, int stride) {
    for (int i = 0; i < columns; i += BLOCK, to += stride) {
      for (int j = 0; j < BLOCK; j += COUNT) {
        FloatVector.fromArray(FLOATS, from, at + i + j)
            .intoMemorySegment(memory, to + (long) Float.BYTES * j, ORDER);
      }
    }
  }

  private static FloatVector offsets(float[] from, int at, float low, float high) {
    var sum = FloatVector.zero(FLOATS);
    for (int j = 0; j < BLOCK / 2; j += COUNT) {
      sum = FloatVector.fromArray(FLOATS, from, at + j).mul(low).add(sum);
      sum = FloatVector.fromArray(FLOATS, from, at + j + BLOCK / 2).mul(high).add(sum);
    }
    return sum;
  }

  /** The packed rows. */
  MemorySegment rows() {
    return memory;
  }
}
