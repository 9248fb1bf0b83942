package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Lanes.COUNT;
import static io.witan.engine.backend.cpu.Lanes.FLOATS;

import io.witan.engine.tensor.TensorFormat;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Formats without a kernel of their own: a piece of a weight row is decoded, then multiplied as
 * floats with each row of activations.
 */
final class DecodedRows implements RowKernel {
  private static final int PIECE = 512;

  private final BlockDecoder decoder;
  private final TensorFormat format;

  DecodedRows(BlockDecoder decoder, TensorFormat format) {
    this.decoder = decoder;
    this.format = format;
  }

  @Override
  public void multiply(Lines lines, RowInput in, Rows rows, float[] out, RowTile tile) {
    var weights = new float[PIECE];
    var scratch = new float[COUNT];
    var sums = new float[MOST_ROWS];
    for (int line = lines.first(); line < lines.last(); line++) {
      Arrays.fill(sums, 0);
      for (int from = 0; from < lines.columns(); from += PIECE) {
        int count = Math.min(PIECE, lines.columns() - from);
        long at = lines.startOf(line) + format.bytes(from);
        decoder.decode(lines.data(), at, count, weights, 0);
        for (int i = 0; i < rows.count(); i++) {
          int x = in.floatsOf(rows.in()[rows.first() + i]) + from;
          sums[i] += dot(weights, in.floats(), x, count, scratch);
        }
      }
      for (int i = 0; i < rows.count(); i++) {
        out[rows.out()[rows.first() + i] + line] = sums[i];
      }
    }
  }

  private static float dot(float[] weights, float[] x, int at, int count, float[] scratch) {
    var even = FloatVector.zero(FLOATS);
    var odd = FloatVector.zero(FLOATS);
    int i = 0;
    for (; i + 2 * COUNT <= count; i += 2 * COUNT) {
      even =
          FloatVector.fromArray(FLOATS, weights, i)
              .fma(FloatVector.fromArray(FLOATS, x, at + i), even);
      odd =
          FloatVector.fromArray(FLOATS, weights, i + COUNT)
              .fma(FloatVector.fromArray(FLOATS, x, at + i + COUNT), odd);
    }
    float rest = 0;
    for (; i < count; i++) {
      rest = Math.fma(weights[i], x[at + i], rest);
    }
    return Lanes.sum(even.add(odd), scratch) + rest;
  }
}
