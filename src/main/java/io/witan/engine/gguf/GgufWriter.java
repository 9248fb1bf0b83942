package io.witan.engine.gguf;

import io.witan.engine.EngineException;
import io.witan.engine.tensor.Shape;
import io.witan.engine.tensor.TensorFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a GGUF file of version 3: collect metadata and tensors, then {@link #write} once. Tensor
 * data is asked for while the file is written, one tensor after the other, so that a file may be
 * larger than memory.
 */
public final class GgufWriter {
  private static final int VERSION = 3;
  private static final int ALIGNMENT = GgufPart.DEFAULT_ALIGNMENT;
  private static final int BUFFER_BYTES = 1 << 20;

  /** Writes the bytes of one tensor, as many as its shape and format say. */
  @FunctionalInterface
  public interface TensorData {
    void writeTo(WritableByteChannel channel) throws IOException;
  }

  private record Entry(Shape shape, TensorFormat format, TensorData data) {
    long bytes() {
      return format.bytes(shape.ne0()) * shape.rows();
    }
  }

  private final Map<String, byte[]> values = new LinkedHashMap<>();
  private final Map<String, Entry> tensors = new LinkedHashMap<>();

  public GgufWriter string(String key, String value) {
    return put(key, GgufType.STRING, new GgufBytes().text(value));
  }

  /** An unsigned 32-bit number, the usual type of sizes and counts. */
  public GgufWriter unsigned(String key, long value) {
    if (value < 0 || value > 0xFFFFFFFFL) {
      throw new IllegalArgumentException(key + ": " + value);
    }
    return put(key, GgufType.UINT32, new GgufBytes().int32((int) value));
  }

  /** A signed 32-bit number. */
  public GgufWriter signed(String key, int value) {
    return put(key, GgufType.INT32, new GgufBytes().int32(value));
  }

  public GgufWriter unsigned16(String key, int value) {
    return put(key, GgufType.UINT16, new GgufBytes().int16((short) value));
  }

  public GgufWriter unsigned64(String key, long value) {
    return put(key, GgufType.UINT64, new GgufBytes().int64(value));
  }

  public GgufWriter real(String key, float value) {
    return put(key, GgufType.FLOAT32, new GgufBytes().int32(Float.floatToRawIntBits(value)));
  }

  public GgufWriter flag(String key, boolean value) {
    return put(key, GgufType.BOOL, new GgufBytes().int8((byte) (value ? 1 : 0)));
  }

  public GgufWriter strings(String key, List<String> elements) {
    var bytes = array(GgufType.STRING, elements.size());
    elements.forEach(bytes::text);
    return put(key, GgufType.ARRAY, bytes);
  }

  public GgufWriter ints(String key, int... elements) {
    var bytes = array(GgufType.INT32, elements.length);
    for (int element : elements) {
      bytes.int32(element);
    }
    return put(key, GgufType.ARRAY, bytes);
  }

  public GgufWriter floats(String key, float... elements) {
    var bytes = array(GgufType.FLOAT32, elements.length);
    for (float element : elements) {
      bytes.int32(Float.floatToRawIntBits(element));
    }
    return put(key, GgufType.ARRAY, bytes);
  }

  /** Takes a key over from another file, as it is; nothing if it is not there. */
  public GgufWriter copy(GgufMetadata from, String key) {
    return switch (from.value(key)) {
      case null -> this;
      case GgufValue.Whole whole -> put(key, whole.type(), whole(whole));
      case GgufValue.Real real -> put(key, real.type(), real(real));
      case GgufValue.Flag flag -> flag(key, flag.value());
      case GgufValue.Text text -> string(key, text.value());
      case GgufValue.Items items -> {
        var array = items.array();
        var elements = array.data().asByteBuffer();
        yield put(
            key,
            GgufType.ARRAY,
            new GgufBytes().int32(array.type().number()).int64(array.count()).raw(elements));
      }
    };
  }

  private static GgufBytes whole(GgufValue.Whole whole) {
    var bytes = new GgufBytes();
    return switch (whole.type().minimumBytes()) {
      case 1 -> bytes.int8((byte) whole.value());
      case 2 -> bytes.int16((short) whole.value());
      case 4 -> bytes.int32((int) whole.value());
      default -> bytes.int64(whole.value());
    };
  }

  private static GgufBytes real(GgufValue.Real real) {
    return real.type() == GgufType.FLOAT32
        ? new GgufBytes().int32(Float.floatToRawIntBits((float) real.value()))
        : new GgufBytes().int64(Double.doubleToRawLongBits(real.value()));
  }

  /** The data are written when the file is, in the order of these calls. */
  public GgufWriter tensor(String name, Shape shape, TensorFormat format, TensorData data) {
    if (tensors.put(name, new Entry(shape, format, data)) != null) {
      throw new IllegalArgumentException("the tensor " + name + " comes twice");
    }
    return this;
  }

  /**
   * Writes everything to a new file, or over an old one.
   *
   * @throws EngineException if it cannot be written
   * @throws IllegalStateException if a tensor wrote more or fewer bytes than it has
   */
  public void write(Path path) {
    try (var channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      try (var out = new CountingChannel(channel, BUFFER_BYTES)) {
        out.write(header());
        out.pad(ALIGNMENT);
        for (var tensor : tensors.entrySet()) {
          long before = out.position();
          tensor.getValue().data().writeTo(out);
          check(tensor.getKey(), tensor.getValue().bytes(), out.position() - before);
          out.pad(ALIGNMENT);
        }
      }
    } catch (IOException e) {
      throw new EngineException.InvalidFile("cannot write " + path + ": " + e.getMessage(), e);
    }
  }

  private static void check(String name, long expected, long actual) {
    if (expected != actual) {
      throw new IllegalStateException(
          "the tensor %s wrote %d bytes, not %d".formatted(name, actual, expected));
    }
  }

  private ByteBuffer header() {
    var header = new GgufBytes();
    header.int32(GgufPart.MAGIC).int32(VERSION).int64(tensors.size()).int64(values.size());
    values.forEach((key, value) -> header.text(key).raw(ByteBuffer.wrap(value)));
    long offset = 0;
    for (var tensor : tensors.entrySet()) {
      var entry = tensor.getValue();
      header.text(tensor.getKey()).int32(entry.shape().dimensions());
      for (int i = 0; i < entry.shape().dimensions(); i++) {
        header.int64(entry.shape().extent(i));
      }
      header.int32(entry.format().ggmlType()).int64(offset);
      offset += (entry.bytes() + ALIGNMENT - 1) & -ALIGNMENT;
    }
    return header.buffer();
  }

  private static GgufBytes array(GgufType type, int size) {
    return new GgufBytes().int32(type.number()).int64(size);
  }

  private GgufWriter put(String key, GgufType type, GgufBytes value) {
    var typed = new GgufBytes().int32(type.number()).raw(value.buffer()).buffer();
    byte[] bytes = new byte[typed.remaining()];
    typed.get(bytes);
    values.put(key, bytes);
    return this;
  }
}
