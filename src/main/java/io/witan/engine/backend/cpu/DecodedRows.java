package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Lanes.COUNT;
import static io.witan.engine.backend.cpu.Lanes.FLOATS;

import io.witan.engine.tensor.TensorFormat;
import jdk.incubator.vector.FloatVector;

/** F32, F16 and BF16: decoded a piece at a time, multiplied as floats. */
final class DecodedRows implements RowKernel {
  private static final int PIECE = 512;

  private final BlockDecoder decoder;
  private final int bytes;

  DecodedRows(BlockDecoder decoder, TensorFormat format) {
    this.decoder = decoder;
    this.bytes = format.blockBytes();
  }

  @Override
  public void multiply(Lines lines, RowInput in, Rows rows, float[] out, RowTile tile) {
    for (int i = rows.first(); i < rows.first() + rows.count(); i++) {
      one(lines, in, rows.in()[i], out, rows.out()[i]);
    }
  }

  private void one(Lines lines, RowInput in, int row, float[] out, int outAt) {
    var weights = new float[PIECE];
    var scratch = new float[COUNT];
    for (int line = lines.first(); line < lines.last(); line++) {
      long at = lines.at() + (line - lines.first()) * lines.rowBytes();
      float sum = 0;
      for (int from = 0; from < lines.columns(); from += PIECE) {
        int count = Math.min(PIECE, lines.columns() - from);
        decoder.decode(lines.data(), at + (long) from * bytes, count, weights, 0);
        sum += dot(weights, in.floats(), in.floatsOf(row) + from, count, scratch);
      }
      out[outAt + line] = sum;
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
