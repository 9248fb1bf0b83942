package io.witan.engine.graph;

/**
 * A weight by name: {@code count} matrices {@code [rows, columns]}, row-major, each row contiguous.
 *
 * @param name the tensor's name in the file
 * @param columns numbers of one row (what it multiplies)
 * @param rows rows of one matrix (what it produces); 1 for a vector
 * @param count matrices in the tensor: experts, else 1
 */
public record Matrix(String name, int columns, int rows, int count) {
  public static Matrix vector(String name, int length) {
    return new Matrix(name, length, 1, 1);
  }

  public static Matrix of(String name, int columns, int rows) {
    return new Matrix(name, columns, rows, 1);
  }
}
