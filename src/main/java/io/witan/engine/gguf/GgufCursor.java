package io.witan.engine.gguf;

import io.witan.engine.EngineException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads little-endian values one after the other and never past the end of the segment. */
final class GgufCursor {
  /** What decoding puts for bytes that are no UTF-8. */
  private static final char REPLACEMENT = '\uFFFD';

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment segment;
  private final String file;
  private long position;

  /**
   * @param file the name that messages give
   */
  GgufCursor(MemorySegment segment, String file) {
    this.segment = segment;
    this.file = file;
  }

  long position() {
    return position;
  }

  long remaining() {
    return segment.byteSize() - position;
  }

  String file() {
    return file;
  }

  byte int8(String what) {
    return segment.get(ValueLayout.JAVA_BYTE, advance(1, what));
  }

  short int16(String what) {
    return segment.get(SHORT, advance(2, what));
  }

  int int32(String what) {
    return segment.get(INT, advance(4, what));
  }

  long int64(String what) {
    return segment.get(LONG, advance(8, what));
  }

  /**
   * A number of things that are still to come.
   *
   * @param minimumBytes the fewest bytes that one of them takes
   */
  long count(String what, int minimumBytes) {
    long count = int64(what);
    if (count < 0 || count > remaining() / minimumBytes) {
      throw invalid(
          "the length of %s is %s, more than the remaining %d bytes can hold"
              .formatted(what, Long.toUnsignedString(count), remaining()));
    }
    return count;
  }

  /** A string of at most so many bytes; UTF-8, strictly. */
  String text(String what, int mostBytes) {
    long length = count(what, 1);
    if (length > mostBytes) {
      throw invalid("%s has %d bytes, over the limit of %d".formatted(what, length, mostBytes));
    }
    byte[] bytes = new byte[(int) length];
    MemorySegment.copy(
        segment, ValueLayout.JAVA_BYTE, advance(length, what), bytes, 0, bytes.length);
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0
        && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
      throw invalid(what + " is not UTF-8");
    }
    return text;
  }

  void skipText(String what) {
    advance(count(what, 1), what);
  }

  /** The next so many bytes, passed over. */
  MemorySegment slice(long bytes, String what) {
    return segment.asSlice(advance(bytes, what), bytes);
  }

  MemorySegment between(long from, long to) {
    return segment.asSlice(from, to - from);
  }

  EngineException invalid(String cause) {
    return new EngineException.InvalidFile(
        file + " is not a sound GGUF file: " + cause + " (near byte " + position + ")");
  }

  private long advance(long bytes, String what) {
    if (bytes < 0 || bytes > remaining()) {
      throw invalid("it ends within " + what);
    }
    long at = position;
    position += bytes;
    return at;
  }
}
