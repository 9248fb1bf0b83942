package io.witan.engine.conversion;

import io.witan.engine.quantization.BlockEncoder;
import io.witan.engine.tensor.TensorFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/** Writes rows in a file's format, a few megabytes at a time. */
final class WeightWriter {
  private static final int MOST_FLOATS = 1 << 20;

  /** Longer rows are taken for a damaged file. */
  static final long MOST_COLUMNS = 1 << 24;

  private WeightWriter() {}

  static void write(WeightRows rows, TensorFormat format, WritableByteChannel channel)
      throws IOException {
    var encoder = BlockEncoder.of(format);
    int columns = (int) rows.shape().ne0();
    int together = Math.max(1, MOST_FLOATS / columns);
    var floats = new float[Math.multiplyExact(together, columns)];
    var buffer =
        ByteBuffer.allocate(Math.toIntExact(format.bytes(floats.length)))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (long row = 0; row < rows.shape().rows(); row += together) {
      int count = (int) Math.min(together, rows.shape().rows() - row);
      rows.read(row, count, floats);
      encoder.encode(floats, 0, count * columns, buffer.clear());
      channel.write(buffer.flip());
    }
  }
}
