package io.witan.engine.backend.cpu;

import io.witan.engine.backend.Weights;
import io.witan.engine.graph.Matrix;
import io.witan.engine.tensor.TensorFormat;
import java.lang.foreign.MemorySegment;

/** A weight of the graph with its bytes and the kernels of its format. */
final class WeightMatrix {
  private final Matrix matrix;
  private final MemorySegment data;
  private final TensorFormat format;
  private final long rowBytes;
  private final BlockDecoder decoder;
  private final RowKernel kernel;

  private WeightMatrix(Matrix matrix, MemorySegment data, TensorFormat format) {
    this.matrix = matrix;
    this.data = data;
    this.format = format;
    this.rowBytes = format.bytes(matrix.columns());
    this.decoder = RowDecoder.of(format, matrix.name());
    this.kernel = RowKernel.of(format, matrix.name());
  }

  static WeightMatrix of(Matrix matrix, Weights weights) {
    var tensor = weights.get(matrix.name());
    return new WeightMatrix(matrix, tensor.data(), tensor.format());
  }

  int rows() {
    return matrix.rows();
  }

  int columns() {
    return matrix.columns();
  }

  /** Decodes columns of one row; {@code from} and {@code count} fill whole blocks. */
  void decode(int index, int row, int from, int count, float[] out, int at) {
    decoder.decode(data, offset(index, row) + format.bytes(from), count, out, at);
  }

  /**
   * Multiplies weight rows {@code [firstRow, lastRow)} with rows of activations.
   *
   * @param in the activations
   * @param inRows numbers of the rows, {@code count} of them from {@code first} on
   * @param out receives row {@code i} of them at {@code outRows[first + i]} plus the weight row
   */
  void multiply(
      int index,
      int firstRow,
      int lastRow,
      RowInput in,
      int[] inRows,
      float[] out,
      int[] outRows,
      int first,
      int count,
      RowTile tile) {
    long at = offset(index, firstRow);
    var lines = new RowKernel.Lines(data, at, rowBytes, firstRow, lastRow, matrix.columns());
    for (int i = 0; i < count; i += RowKernel.MOST_ROWS) {
      int some = Math.min(RowKernel.MOST_ROWS, count - i);
      kernel.multiply(lines, in, new RowKernel.Rows(inRows, outRows, first + i, some), out, tile);
    }
  }

  private long offset(int index, int row) {
    return ((long) index * matrix.rows() + row) * rowBytes;
  }
}
