package io.witan.engine.conversion;

import io.witan.engine.EngineException;
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

  private static final float MOST_QUANT = 127;

  private WeightWriter() {}

  static void write(WeightRows rows, TensorFormat format, WritableByteChannel channel)
      throws IOException {
    int columns = (int) rows.shape().ne0();
    int together = Math.max(1, MOST_FLOATS / columns);
    var floats = new float[Math.multiplyExact(together, columns)];
    var buffer =
        ByteBuffer.allocate(Math.toIntExact(format.bytes(floats.length)))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (long row = 0; row < rows.shape().rows(); row += together) {
      int count = (int) Math.min(together, rows.shape().rows() - row);
      rows.read(row, count, floats);
      encode(floats, count * columns, format, buffer.clear());
      channel.write(buffer.flip());
    }
  }

  private static void encode(float[] floats, int count, TensorFormat format, ByteBuffer buffer) {
    switch (format) {
      case F32 -> {
        for (int i = 0; i < count; i++) {
          buffer.putFloat(floats[i]);
        }
      }
      case F16 -> {
        for (int i = 0; i < count; i++) {
          buffer.putShort(Float.floatToFloat16(floats[i]));
        }
      }
      case BF16 -> {
        for (int i = 0; i < count; i++) {
          buffer.putShort(brain(floats[i]));
        }
      }
      case Q8_0 -> {
        for (int i = 0; i < count; i += format.blockElements()) {
          bytes(floats, i, format.blockElements(), buffer);
        }
      }
      default -> throw new EngineException.Unsupported("cannot write weights as " + format);
    }
  }

  /** The nearest, ties to even; what is not a number stays none. */
  private static short brain(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) (bits >>> 16 | 64);
    }
    return (short) (bits + 0x7FFF + (bits >>> 16 & 1) >>> 16);
  }

  /** A block of ggml's Q8_0: the scale as half float, and numbers rounded away from zero. */
  private static void bytes(float[] floats, int at, int length, ByteBuffer buffer) {
    float most = 0;
    for (int i = at; i < at + length; i++) {
      most = Math.max(most, Math.abs(floats[i]));
    }
    float scale = most / MOST_QUANT;
    float inverse = scale == 0 ? 0 : 1 / scale;
    buffer.putShort(Float.floatToFloat16(scale));
    for (int i = at; i < at + length; i++) {
      float scaled = floats[i] * inverse;
      buffer.put((byte) Math.copySign(Math.floor(Math.abs((double) scaled) + 0.5), scaled));
    }
  }
}
