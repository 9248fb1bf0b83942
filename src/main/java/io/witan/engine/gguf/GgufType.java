package io.witan.engine.gguf;

import java.util.Optional;

/** The types of metadata values, by their number in the file. */
enum GgufType {
  UINT8(1),
  INT8(1),
  UINT16(2),
  INT16(2),
  UINT32(4),
  INT32(4),
  FLOAT32(4),
  BOOL(1),
  STRING(8),
  ARRAY(12),
  UINT64(8),
  INT64(8),
  FLOAT64(8);

  private final int minimumBytes;

  GgufType(int minimumBytes) {
    this.minimumBytes = minimumBytes;
  }

  static Optional<GgufType> of(int number) {
    return number < 0 || number >= values().length
        ? Optional.empty()
        : Optional.of(values()[number]);
  }

  /** The bytes of a value, or the fewest that one can take. */
  int minimumBytes() {
    return minimumBytes;
  }
}
