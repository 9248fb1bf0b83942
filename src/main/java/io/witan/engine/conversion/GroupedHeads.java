package io.witan.engine.conversion;

import io.witan.engine.tensor.Shape;

/**
 * One part of a matrix that has, for each key head, its query heads, the key head and the value
 * head under each other. Halves of queries and keys that turn together are put so that neighbours
 * do.
 *
 * @param group query heads of a key head
 */
record GroupedHeads(SourceTensor source, Shape shape, int group, int headSize, Part part)
    implements WeightRows {
  enum Part {
    QUERIES,
    KEYS,
    VALUES
  }

  @Override
  public void read(long first, int count, float[] into) {
    int columns = (int) shape.ne0();
    for (int i = 0; i < count; i++) {
      source.read(from(first + i) * columns, columns, into, i * columns);
    }
  }

  private long from(long row) {
    long head = row / headSize;
    int within = (int) (row % headSize);
    int turned = within % 2 * (headSize / 2) + within / 2;
    int heads = group + 2;
    return switch (part) {
      case QUERIES -> (head / group * heads + head % group) * headSize + turned;
      case KEYS -> (head * heads + group) * headSize + turned;
      case VALUES -> (head * heads + group + 1) * headSize + within;
    };
  }
}
