package io.witan.engine.backend.cpu;

import io.witan.engine.EngineException;
import io.witan.engine.tensor.TensorFormat;
import java.lang.foreign.MemorySegment;

/**
 * Multiplies weight rows of one format with few rows of activations, straight from the file's
 * bytes. A result depends on nothing but the weight row and the row of activations: {@link #four}
 * computes the same numbers as {@link #one}.
 */
interface RowKernel {
  /**
   * Weight rows.
   *
   * @param at where {@code first} begins
   * @param rowBytes from one row to the next
   * @param columns numbers of a row, whole blocks
   */
  record Lines(MemorySegment data, long at, long rowBytes, int first, int last, int columns) {}

  /** What {@link RowInput} must hold. */
  ActivationLayout layout();

  /** Puts the product of each weight row and one row of activations at {@code outAt + line}. */
  void one(Lines lines, RowInput in, int row, float[] out, int outAt);

  /** As {@link #one} for two rows, from {@code first} on. */
  default void two(Lines lines, RowInput in, int[] rows, float[] out, int[] outRows, int first) {
    one(lines, in, rows[first], out, outRows[first]);
    one(lines, in, rows[first + 1], out, outRows[first + 1]);
  }

  /**
   * As {@link #one} for the four rows from {@code first} on of {@code rows} and {@code outRows}.
   */
  void four(Lines lines, RowInput in, int[] rows, float[] out, int[] outRows, int first);

  /**
   * The kernel of a format. Where vectors have 512 bits, activations need not be quantised: there
   * floats are as fast for one row and faster for several.
   *
   * @param exact never quantise activations
   * @throws EngineException if there is none
   */
  static RowKernel of(TensorFormat format, String tensor, boolean exact) {
    boolean floats = exact || Lanes.COUNT == 16;
    return switch (format) {
      case F32, F16, BF16 -> new FloatRows(RowDecoder.of(format, tensor), format);
      case Q8_0 -> floats ? new FloatQ80Rows() : new Q80Rows();
      case Q4_0 -> floats ? new FloatQ40Rows() : new Q40Rows();
      case Q4_K -> floats ? new FloatQ4KRows() : new Q4KRows();
      case Q6_K -> floats ? new FloatQ6KRows() : new Q6KRows();
      default ->
          throw new EngineException.Unsupported(
              "no CPU kernel for %s (%s)".formatted(format, tensor));
    };
  }
}
