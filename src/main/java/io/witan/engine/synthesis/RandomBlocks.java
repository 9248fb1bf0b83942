package io.witan.engine.synthesis;

import io.witan.engine.EngineException;
import io.witan.engine.tensor.TensorFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.SplittableRandom;

/** Writes random weights of mean zero, block by block in the file's format. */
final class RandomBlocks {
  private static final int BUFFER_BYTES = 1 << 18;

  /** Standard deviation of a uniform signed byte. */
  private static final float BYTE_DEVIATION = 73.9f;

  /** Standard deviation of a uniform nibble. */
  private static final float NIBBLE_DEVIATION = 4.61f;

  /** Standard deviation of a uniform 6-bit number. */
  private static final float SIX_BIT_DEVIATION = 18.5f;

  /** Group scales lie around this, of 63 at most (Q4_K) or 127 (Q6_K). */
  private static final int GROUP_SCALE = 40;

  private final SplittableRandom random;

  RandomBlocks(long seed) {
    this.random = new SplittableRandom(seed);
  }

  void write(WritableByteChannel channel, TensorFormat format, long elements, float deviation)
      throws IOException {
    long blocks = elements / format.blockElements();
    int atOnce = BUFFER_BYTES / format.blockBytes();
    while (blocks > 0) {
      int count = (int) Math.min(blocks, atOnce);
      var bytes = new byte[count * format.blockBytes()];
      random.nextBytes(bytes);
      var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      for (int block = 0; block < count; block++) {
        scale(buffer, block * format.blockBytes(), format, deviation);
      }
      channel.write(buffer);
      blocks -= count;
    }
  }

  /** Sets the scales of a block of random quants, or the number itself. */
  private void scale(ByteBuffer buffer, int at, TensorFormat format, float deviation) {
    switch (format) {
      case F32 -> buffer.putFloat(at, gaussian(deviation));
      case F16 -> buffer.putShort(at, Float.floatToFloat16(gaussian(deviation)));
      case BF16 ->
          buffer.putShort(at, (short) (Float.floatToRawIntBits(gaussian(deviation)) >>> 16));
      case Q8_0 -> buffer.putShort(at, Float.floatToFloat16(deviation / BYTE_DEVIATION));
      case Q4_0 -> buffer.putShort(at, Float.floatToFloat16(deviation / NIBBLE_DEVIATION));
      case Q4_K -> scaleQ4K(buffer, at, deviation);
      case Q6_K -> scaleQ6K(buffer, at, deviation);
      default -> throw new EngineException.Unsupported("cannot make weights of " + format);
    }
  }

  /** Groups whose minimum is 7.5 of their scales: mean zero. */
  private void scaleQ4K(ByteBuffer buffer, int at, float deviation) {
    float scale = deviation / NIBBLE_DEVIATION / GROUP_SCALE;
    buffer.putShort(at, Float.floatToFloat16(scale));
    buffer.putShort(at + 2, Float.floatToFloat16(7.5f * scale));
    for (int i = 0; i < 4; i++) {
      int low = groupScale();
      int high = groupScale();
      buffer.put(at + 4 + i, (byte) (low | high >> 4 << 6));
      buffer.put(at + 8 + i, (byte) (low | high >> 4 << 6));
      buffer.put(at + 12 + i, (byte) ((high & 15) | (high & 15) << 4));
    }
  }

  private void scaleQ6K(ByteBuffer buffer, int at, float deviation) {
    for (int i = 0; i < 16; i++) {
      buffer.put(at + 192 + i, (byte) groupScale());
    }
    buffer.putShort(at + 208, Float.floatToFloat16(deviation / SIX_BIT_DEVIATION / GROUP_SCALE));
  }

  private int groupScale() {
    return GROUP_SCALE - 16 + random.nextInt(33);
  }

  private float gaussian(float deviation) {
    return (float) (random.nextGaussian() * deviation);
  }
}
