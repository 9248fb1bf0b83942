package io.witan.engine.backend;

/** How keys and values are kept. */
public enum KvFormat {
  /** Two bytes a number. */
  F16,
  /** Four bytes a number. */
  F32,
  /** A byte a number, and a float for each {@value #BLOCK} of a head: their scale. */
  Q8_0;

  /** Numbers of a head that share a scale. */
  public static final int BLOCK = 32;

  /** Bytes of so many numbers, whole blocks. */
  public long bytes(long numbers) {
    return switch (this) {
      case F16 -> 2 * numbers;
      case F32 -> 4 * numbers;
      case Q8_0 -> numbers + Float.BYTES * numbers / BLOCK;
    };
  }
}
