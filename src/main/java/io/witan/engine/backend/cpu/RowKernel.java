package io.witan.engine.backend.cpu;

import io.witan.engine.EngineException;
import io.witan.engine.tensor.TensorFormat;
import java.lang.foreign.MemorySegment;

/**
 * Multiplies weight rows of one format with few rows of activations, straight from the file's
 * bytes. A result depends on nothing but the weight row and the row of activations, not on the rows
 * that come along.
 */
interface RowKernel {
  /**
   * Weight rows.
   *
   * @param at where {@code first} begins
   * @param rowBytes from one row to the next
   * @param columns numbers of a row, whole blocks
   */
  record Lines(MemorySegment data, long at, long rowBytes, int first, int last, int columns) {
    /** Where a weight row begins. */
    long startOf(int line) {
      return at + (line - first) * rowBytes;
    }
  }

  /**
   * Rows of activations.
   *
   * @param in their numbers
   * @param out where in the output each begins
   * @param first the first of them in both lists
   * @param count how many follow, at most {@value #MOST_ROWS}
   */
  record Rows(int[] in, int[] out, int first, int count) {}

  /** Rows that are multiplied together. */
  int MOST_ROWS = 4;

  /**
   * Puts the product of each weight row and each row of activations where that row's output begins,
   * plus the number of the weight row.
   */
  void multiply(Lines lines, RowInput in, Rows rows, float[] out, RowTile tile);

  /**
   * The kernel of a format.
   *
   * @throws EngineException if there is none
   */
  static RowKernel of(TensorFormat format, String tensor) {
    return switch (format) {
      case F32, F16, BF16, Q2_K, Q3_K -> new DecodedRows(RowDecoder.of(format, tensor), format);
      case Q8_0 -> new Q80Rows();
      case Q4_0 -> new Q40Rows();
      case Q4_1 -> OlderRows.q41();
      case Q5_0 -> OlderRows.q50();
      case Q5_1 -> OlderRows.q51();
      case Q5_K -> new Q5KRows();
      case Q4_K -> new Q4KRows();
      case Q6_K -> new Q6KRows();
      default ->
          throw new EngineException.Unsupported(
              "no CPU kernel for %s (%s)".formatted(format, tensor));
    };
  }
}
