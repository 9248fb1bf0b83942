package io.witan.engine.backend.cpu;

import java.util.Arrays;

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

  int blocksOf(int row) {
    return row * blocks;
  }

  /** Prepares one row; the rows may be done in any order and by several threads. */
  void prepare(int row) {
    switch (layout) {
      case FLOATS -> {}
      case EVEN_ODD, NIBBLE_PAIRS -> quantize(row);
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
