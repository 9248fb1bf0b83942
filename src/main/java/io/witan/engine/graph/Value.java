package io.witan.engine.graph;

/**
 * A slice of a buffer of activations: {@code width} numbers of each row, starting at {@code
 * offset}.
 *
 * @param buffer which of the graph's buffers, 0-based
 * @param offset first column
 * @param width columns
 */
public record Value(int buffer, int offset, int width) {
  public Value {
    if (buffer < 0 || offset < 0 || width <= 0) {
      throw new IllegalArgumentException("not a slice: " + buffer + ", " + offset + ", " + width);
    }
  }

  /** The columns from {@code from}, {@code count} of them, of this slice. */
  public Value slice(int from, int count) {
    if (from < 0 || from + count > width) {
      throw new IllegalArgumentException(from + "+" + count + " columns of " + width);
    }
    return new Value(buffer, offset + from, count);
  }
}
