package io.witan.engine.tensor;

import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The extents of a tensor in ggml's order: {@code ne0} is the one whose elements lie side by side,
 * so that a matrix of [rows, columns] is {@code Shape.of(columns, rows)}. Missing extents are 1.
 */
public record Shape(long ne0, long ne1, long ne2, long ne3) {
  public static final int MAX_DIMENSIONS = 4;

  /**
   * @throws IllegalArgumentException unless every extent is positive and their product is a long
   */
  public Shape {
    if (ne0 < 1 || ne1 < 1 || ne2 < 1 || ne3 < 1) {
      throw new IllegalArgumentException(
          "extents must be positive: [%d, %d, %d, %d]".formatted(ne0, ne1, ne2, ne3));
    }
    if (ne0 > Long.MAX_VALUE / ne1
        || ne0 * ne1 > Long.MAX_VALUE / ne2
        || ne0 * ne1 * ne2 > Long.MAX_VALUE / ne3) {
      throw new IllegalArgumentException(
          "too many elements: [%d, %d, %d, %d]".formatted(ne0, ne1, ne2, ne3));
    }
  }

  /** One to four extents, the fastest first. */
  public static Shape of(long... extents) {
    if (extents.length < 1 || extents.length > MAX_DIMENSIONS) {
      throw new IllegalArgumentException(extents.length + " dimensions, not 1 to 4");
    }
    return new Shape(
        extents[0],
        extents.length > 1 ? extents[1] : 1,
        extents.length > 2 ? extents[2] : 1,
        extents.length > 3 ? extents[3] : 1);
  }

  public long elements() {
    return ne0 * ne1 * ne2 * ne3;
  }

  /** Rows of {@code ne0} elements. */
  public long rows() {
    return ne1 * ne2 * ne3;
  }

  /** Up to the last extent above 1, at least one: a vector has one dimension. */
  public int dimensions() {
    if (ne3 > 1) {
      return 4;
    }
    if (ne2 > 1) {
      return 3;
    }
    return ne1 > 1 ? 2 : 1;
  }

  public long extent(int dimension) {
    return switch (dimension) {
      case 0 -> ne0;
      case 1 -> ne1;
      case 2 -> ne2;
      case 3 -> ne3;
      default -> throw new IndexOutOfBoundsException(dimension);
    };
  }

  @Override
  public String toString() {
    return LongStream.of(ne0, ne1, ne2, ne3)
        .limit(dimensions())
        .mapToObj(Long::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
