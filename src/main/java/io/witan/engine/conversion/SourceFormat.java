package io.witan.engine.conversion;

import io.witan.engine.EngineException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** How weights lie in safetensors files; others than these are refused. */
enum SourceFormat {
  F64(8) {
    @Override
    float at(MemorySegment data, long index) {
      return (float) data.get(DOUBLE, index * 8);
    }
  },
  F32(4) {
    @Override
    float at(MemorySegment data, long index) {
      return data.get(FLOAT, index * 4);
    }
  },
  F16(2) {
    @Override
    float at(MemorySegment data, long index) {
      return Float.float16ToFloat(data.get(SHORT, index * 2));
    }
  },
  BF16(2) {
    @Override
    float at(MemorySegment data, long index) {
      return Float.intBitsToFloat(data.get(SHORT, index * 2) << 16);
    }
  };

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final int bytes;

  SourceFormat(int bytes) {
    this.bytes = bytes;
  }

  abstract float at(MemorySegment data, long index);

  int bytes() {
    return bytes;
  }

  /**
   * @throws EngineException naming the tensor if there is none of this name
   */
  static SourceFormat named(String name, String tensor) {
    for (var format : values()) {
      if (format.name().equals(name)) {
        return format;
      }
    }
    throw new EngineException.Unsupported(
        "the tensor %s has elements of %s; F64, F32, F16 and BF16 can be converted"
            .formatted(tensor, name));
  }
}
