package io.witan.engine.backend;

/** How keys and values are kept. */
public enum KvFormat {
  /** Two bytes a number. */
  F16(2),
  /** Four bytes a number. */
  F32(4);

  private final int bytes;

  KvFormat(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one number. */
  public int bytes() {
    return bytes;
  }
}
