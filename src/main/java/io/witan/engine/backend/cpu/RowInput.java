package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Lanes.COUNT;
import static io.witan.engine.backend.cpu.Lanes.FLOATS;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Rows of activations as a {@link RowKernel} reads them: floats where they are, and what its layout
 * asks for besides.
 */
final class RowInput {
  private static final int BLOCK = ActivationLayout.BLOCK;
  private static final float MOST = 127;

  /** Adding and taking away this rounds a float to a whole number. */
  private static final float ROUND = 12_582_912f;

  private final ActivationLayout layout;
  private float[] floats = {};
  private int floatsAt;
  private int stride;
  private int columns;
  private int padded;
  private int blocks;
  private short[] quants = {};
  private float[] scales = {};
  private float[] sums = {};
  private float[] offsets = {};

  RowInput(ActivationLayout layout) {
    this.layout = layout;
  }

  /** Points at rows {@code stride} apart from {@code at} on, and makes room for {@code rows}. */
  void reset(float[] from, int at, int newStride, int newColumns, int rows) {
    floats = from;
    floatsAt = at;
    stride = newStride;
    columns = newColumns;
    padded = layout.padded(columns);
    blocks = padded / BLOCK;
    switch (layout) {
      case FLOATS -> {}
      case BLOCK_SUMS -> sums = room(sums, rows * blocks);
      case LANE_OFFSETS -> offsets = room(offsets, rows * blocks * COUNT);
      case EVEN_ODD, NIBBLE_PAIRS -> {
        scales = room(scales, rows * blocks);
        sums = room(sums, rows * blocks);
        quants = quants.length < rows * padded ? new short[rows * padded] : quants;
      }
    }
  }

  private static float[] room(float[] array, int count) {
    return array.length < count ? new float[count] : array;
  }

  float[] floats() {
    return floats;
  }

  int floatsOf(int row) {
    return floatsAt + row * stride;
  }

  short[] quants() {
    return quants;
  }

  int quantsOf(int row) {
    return row * padded;
  }

  /** The scale of each block. */
  float[] scales() {
    return scales;
  }

  /** The sum of each block's activations. */
  float[] sums() {
    return sums;
  }

  /** The lanes' offsets of each block. */
  float[] offsets() {
    return offsets;
  }

  int blocksOf(int row) {
    return row * blocks;
  }

  /** Prepares one row; the rows may be done in any order and by several threads. */
  void prepare(int row) {
    switch (layout) {
      case FLOATS -> {}
      case BLOCK_SUMS -> sumBlocks(row);
      case LANE_OFFSETS -> addOffsets(row);
      case EVEN_ODD, NIBBLE_PAIRS -> quantize(row);
    }
  }

  private void sumBlocks(int row) {
    int from = floatsOf(row);
    for (int block = 0; block < blocks; block++) {
      float even = 0;
      float odd = 0;
      for (int i = 0; i < BLOCK; i += 2) {
        even += floats[from + block * BLOCK + i];
        odd += floats[from + block * BLOCK + i + 1];
      }
      sums[row * blocks + block] = even + odd;
    }
  }

  private void addOffsets(int row) {
    int from = floatsOf(row);
    for (int block = 0; block < blocks; block++) {
      var sum = FloatVector.fromArray(FLOATS, floats, from + block * BLOCK);
      for (int i = COUNT; i < BLOCK; i += COUNT) {
        sum = sum.add(FloatVector.fromArray(FLOATS, floats, from + block * BLOCK + i));
      }
      sum.mul(-8f).intoArray(offsets, (row * blocks + block) * COUNT);
    }
  }

  private void quantize(int row) {
    int from = floatsOf(row);
    int to = row * padded;
    int[] order = layout.order();
    var rounded = new short[order.length];
    for (int group = 0; group < padded; group += order.length) {
      Arrays.fill(rounded, (short) 0);
      for (int i = 0; i < order.length; i += BLOCK) {
        int block = row * blocks + (group + i) / BLOCK;
        if (group + i < columns) {
          quantizeBlock(from + group + i, rounded, i, block);
        } else {
          scales[block] = 0;
          sums[block] = 0;
        }
      }
      for (int place = 0; place < order.length; place++) {
        quants[to + group + place] = rounded[order[place]];
      }
    }
  }

  private void quantizeBlock(int from, short[] rounded, int at, int block) {
    float most = 0;
    for (int i = 0; i < BLOCK; i++) {
      most = Math.max(most, Math.abs(floats[from + i]));
    }
    float scale = most / MOST;
    float inverse = most == 0 ? 0 : MOST / most;
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      int quant = (int) ((floats[from + i] * inverse + ROUND) - ROUND);
      rounded[at + i] = (short) quant;
      sum += quant;
    }
    scales[block] = scale;
    sums[block] = scale * sum;
  }
}
