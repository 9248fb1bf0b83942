package io.witan.engine.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Little-endian values gathered in memory. */
final class GgufBytes {
  private ByteBuffer buffer = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);

  GgufBytes int8(byte value) {
    room(1).put(value);
    return this;
  }

  GgufBytes int16(short value) {
    room(2).putShort(value);
    return this;
  }

  GgufBytes int32(int value) {
    room(4).putInt(value);
    return this;
  }

  GgufBytes int64(long value) {
    room(8).putLong(value);
    return this;
  }

  /** The length, then the text in UTF-8. */
  GgufBytes text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return int64(bytes.length).raw(ByteBuffer.wrap(bytes));
  }

  GgufBytes raw(ByteBuffer bytes) {
    room(bytes.remaining()).put(bytes.duplicate());
    return this;
  }

  /** What was gathered, ready to be read. */
  ByteBuffer buffer() {
    return buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN).flip();
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      int capacity = Math.max(buffer.capacity() * 2, Math.addExact(buffer.position(), bytes));
      byte[] grown = Arrays.copyOf(buffer.array(), capacity);
      int position = buffer.position();
      buffer = ByteBuffer.wrap(grown).order(ByteOrder.LITTLE_ENDIAN).position(position);
    }
    return buffer;
  }
}
