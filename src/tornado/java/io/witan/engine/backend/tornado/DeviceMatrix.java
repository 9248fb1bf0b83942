package io.witan.engine.backend.tornado;

import io.witan.engine.EngineException;
import io.witan.engine.gguf.GgufTensor;
import io.witan.engine.graph.Matrix;
import io.witan.engine.tensor.TensorFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A weight as the device keeps it: in the bytes of its file, four to a word, each row padded to
 * {@value #ALIGNMENT} bytes. F32 (and BF16, widened) lies in {@code floats}, all others in {@code
 * words}; the other array is one number long.
 *
 * @param format one of {@link Numbers}
 * @param rowWords words from one row to the next
 */
record DeviceMatrix(FloatArray floats, IntArray words, int format, int rowWords) {
  static final int ALIGNMENT = 128;

  /**
   * Takes all rows of a tensor.
   *
   * @throws EngineException if its format has no kernel here, or it is too large for one array
   */
  static DeviceMatrix of(Matrix matrix, GgufTensor tensor) {
    int format =
        switch (tensor.format()) {
          case F32, BF16 -> Numbers.F32;
          case F16 -> Numbers.F16;
          case Q4_0 -> Numbers.Q4_0;
          case Q8_0 -> Numbers.Q8_0;
          case Q4_K -> Numbers.Q4_K;
          case Q6_K -> Numbers.Q6_K;
          case Q4_1 -> MoreNumbers.Q4_1;
          case Q5_0 -> MoreNumbers.Q5_0;
          case Q5_1 -> MoreNumbers.Q5_1;
          case Q2_K -> MoreNumbers.Q2_K;
          case Q3_K -> MoreNumbers.Q3_K;
          case Q5_K -> MoreNumbers.Q5_K;
          default ->
              throw new EngineException.Unsupported(
                  "no TornadoVM kernel for %s (%s)".formatted(tensor.format(), tensor.name()));
        };
    long rowBytes =
        format == Numbers.F32 ? 4L * matrix.columns() : tensor.format().bytes(matrix.columns());
    long padded = Math.ceilDiv(rowBytes, ALIGNMENT) * ALIGNMENT;
    long rows = (long) matrix.rows() * matrix.count();
    if (rows * padded / 4 > Integer.MAX_VALUE - 8) {
      throw new EngineException.Unsupported(
          "%s is too large for one array of the device: %d bytes"
              .formatted(tensor.name(), rows * padded));
    }
    int words = (int) (rows * padded / 4);
    int rowWords = (int) (padded / 4);
    if (format == Numbers.F32) {
      var floats = new FloatArray(words);
      copyFloats(tensor, matrix.columns(), rows, floats.getSegment(), padded);
      return new DeviceMatrix(floats, new IntArray(1), format, rowWords);
    }
    var packed = new IntArray(words);
    for (long row = 0; row < rows; row++) {
      MemorySegment.copy(
          tensor.data(), row * rowBytes, packed.getSegment(), row * padded, rowBytes);
    }
    return new DeviceMatrix(new FloatArray(1), packed, format, rowWords);
  }

  /** What a tensor takes on the device, whatever its format. */
  static long paddedBytes(Matrix matrix, GgufTensor tensor) {
    boolean widened = tensor.format() == TensorFormat.F32 || tensor.format() == TensorFormat.BF16;
    long rowBytes = widened ? 4L * matrix.columns() : tensor.format().bytes(matrix.columns());
    return Math.ceilDiv(rowBytes, ALIGNMENT) * ALIGNMENT * matrix.rows() * matrix.count();
  }

  /** What it takes. */
  long bytes() {
    return 4L * (floats.getSize() + (long) words.getSize());
  }

  private static void copyFloats(
      GgufTensor tensor, int columns, long rows, MemorySegment out, long padded) {
    boolean narrow = tensor.format() == TensorFormat.BF16;
    for (long row = 0; row < rows; row++) {
      if (!narrow) {
        MemorySegment.copy(tensor.data(), row * columns * 4, out, row * padded, 4L * columns);
        continue;
      }
      for (int i = 0; i < columns; i++) {
        int bits =
            tensor.data().get(ValueLayout.JAVA_SHORT_UNALIGNED, 2 * (row * columns + i)) << 16;
        out.set(ValueLayout.JAVA_INT_UNALIGNED, row * padded + 4L * i, bits);
      }
    }
  }
}
