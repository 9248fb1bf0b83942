package io.witan.engine.transformer;

import io.witan.engine.EngineException;
import io.witan.engine.gguf.GgufFile;
import io.witan.engine.gguf.GgufTensor;
import io.witan.engine.graph.Matrix;
import io.witan.engine.tensor.Shape;
import org.jspecify.annotations.Nullable;

/** Finds the weights of a graph in a file and holds their shapes to what the graph needs. */
final class WeightBinder {
  private final GgufFile file;

  WeightBinder(GgufFile file) {
    this.file = file;
  }

  boolean has(String name) {
    return file.findTensor(name).isPresent();
  }

  /** The matrix {@code [rows, columns]} of this name; refused if it has another shape. */
  Matrix matrix(String name, int columns, int rows) {
    check(file.tensor(name), Shape.of(columns, rows));
    return Matrix.of(name, columns, rows);
  }

  /** {@code count} matrices {@code [rows, columns]} in one tensor. */
  Matrix matrices(String name, int columns, int rows, int count) {
    check(file.tensor(name), Shape.of(columns, rows, count));
    return new Matrix(name, columns, rows, count);
  }

  Matrix vector(String name, int length) {
    check(file.tensor(name), Shape.of(length));
    return Matrix.vector(name, length);
  }

  @Nullable Matrix findVector(String name, int length) {
    return has(name) ? vector(name, length) : null;
  }

  /** A vector that is as long as one head or as all of them. */
  @Nullable Matrix findHeadVector(String name, int headSize, int allHeads) {
    var tensor = file.findTensor(name).orElse(null);
    if (tensor == null) {
      return null;
    }
    return vector(name, tensor.shape().ne0() == headSize ? headSize : allHeads);
  }

  /** How many rows the matrix of this name has. */
  int rowsOf(String name) {
    long rows = file.tensor(name).shape().ne1();
    if (rows > Integer.MAX_VALUE) {
      throw new EngineException.InvalidFile(name + " has too many rows: " + rows);
    }
    return (int) rows;
  }

  private static void check(GgufTensor tensor, Shape wanted) {
    if (!tensor.shape().equals(wanted)) {
      throw new EngineException.InvalidFile(
          "the tensor %s has the shape %s, not %s"
              .formatted(tensor.name(), tensor.shape(), wanted));
    }
    if (wanted.ne0() % tensor.format().blockElements() != 0) {
      throw new EngineException.InvalidFile(
          "rows of the tensor %s (%d) do not fill blocks of %s"
              .formatted(tensor.name(), wanted.ne0(), tensor.format()));
    }
  }
}
