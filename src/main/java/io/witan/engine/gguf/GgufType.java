package io.witan.engine.gguf;

import java.util.Optional;

/** The types of metadata values, by their number in the file. */
enum GgufType {
  UINT8(0, 1),
  INT8(1, 1),
  UINT16(2, 2),
  INT16(3, 2),
  UINT32(4, 4),
  INT32(5, 4),
  FLOAT32(6, 4),
  BOOL(7, 1),
  STRING(8, 8),
  ARRAY(9, 12),
  UINT64(10, 8),
  INT64(11, 8),
  FLOAT64(12, 8);

  private final int number;
  private final int minimumBytes;

  GgufType(int number, int minimumBytes) {
    this.number = number;
    this.minimumBytes = minimumBytes;
  }

  static Optional<GgufType> of(int number) {
    for (var type : values()) {
      if (type.number == number) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  int number() {
    return number;
  }

  /** The bytes of a value, or the fewest that one can take. */
  int minimumBytes() {
    return minimumBytes;
  }
}
