package io.witan.engine.tensor;

import java.util.Optional;

/**
 * How elements lie in memory: so many to a block of so many bytes. Every format of {@code ggml.h}
 * is known by geometry, so that any file can be described; which of them can be computed with is
 * for the back end to say.
 */
public enum TensorFormat {
  F32(0, 1, 4),
  F16(1, 1, 2),
  Q4_0(2, 32, 18),
  Q4_1(3, 32, 20),
  Q5_0(6, 32, 22),
  Q5_1(7, 32, 24),
  Q8_0(8, 32, 34),
  Q8_1(9, 32, 36),
  Q2_K(10, 256, 84),
  Q3_K(11, 256, 110),
  Q4_K(12, 256, 144),
  Q5_K(13, 256, 176),
  Q6_K(14, 256, 210),
  Q8_K(15, 256, 292),
  IQ2_XXS(16, 256, 66),
  IQ2_XS(17, 256, 74),
  IQ3_XXS(18, 256, 98),
  IQ1_S(19, 256, 50),
  IQ4_NL(20, 32, 18),
  IQ3_S(21, 256, 110),
  IQ2_S(22, 256, 82),
  IQ4_XS(23, 256, 136),
  I8(24, 1, 1),
  I16(25, 1, 2),
  I32(26, 1, 4),
  I64(27, 1, 8),
  F64(28, 1, 8),
  IQ1_M(29, 256, 56),
  BF16(30, 1, 2),
  TQ1_0(34, 256, 54),
  TQ2_0(35, 256, 66),
  MXFP4(39, 32, 17);

  private final int ggmlType;
  private final int blockElements;
  private final int blockBytes;

  TensorFormat(int ggmlType, int blockElements, int blockBytes) {
    this.ggmlType = ggmlType;
    this.blockElements = blockElements;
    this.blockBytes = blockBytes;
  }

  /** The format with this number in a GGUF file. */
  public static Optional<TensorFormat> ofGgmlType(int ggmlType) {
    for (var format : values()) {
      if (format.ggmlType == ggmlType) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  public int ggmlType() {
    return ggmlType;
  }

  public int blockElements() {
    return blockElements;
  }

  public int blockBytes() {
    return blockBytes;
  }

  /**
   * The bytes of so many elements.
   *
   * @throws IllegalArgumentException if they do not fill whole blocks
   * @throws ArithmeticException past the range of a long
   */
  public long bytes(long elements) {
    if (elements < 0 || elements % blockElements != 0) {
      throw new IllegalArgumentException(
          elements + " elements do not fill blocks of " + blockElements + " (" + this + ")");
    }
    return Math.multiplyExact(elements / blockElements, blockBytes);
  }
}
