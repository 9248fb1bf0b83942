package io.witan.engine.gguf;

import io.witan.engine.EngineException;
import io.witan.engine.tensor.Shape;
import io.witan.engine.tensor.TensorFormat;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One file, parsed: header, metadata, tensors (<a
 * href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">the GGUF specification</a>).
 */
record GgufPart(int version, GgufMetadata metadata, List<GgufTensor> tensors) {
  static final int MAGIC = 0x46554747; // "GGUF"
  static final String ALIGNMENT_KEY = "general.alignment";
  static final int DEFAULT_ALIGNMENT = 32;

  private static final int MOST_KEYS = 1 << 16;
  private static final int MOST_TENSORS = 1 << 17;
  private static final int MOST_KEY_BYTES = 1 << 16;

  /** Of all keys and texts together. */
  private static final int MOST_TEXT_BYTES = 64 << 20;

  private static final int MOST_NAME_BYTES = 1 << 10;
  private static final int MOST_ALIGNMENT = 1 << 20;
  private static final int FEWEST_KEY_BYTES = 8 + 4 + 1;
  private static final int FEWEST_TENSOR_BYTES = 8 + 4 + 8 + 4 + 8;

  private record Entry(String name, Shape shape, TensorFormat format, long offset, long bytes) {}

  static GgufPart parse(MemorySegment segment, String file) {
    var cursor = new GgufCursor(segment, file);
    if (cursor.remaining() < 4 || cursor.int32("the magic number") != MAGIC) {
      throw new EngineException.InvalidFile(file + " is not a GGUF file");
    }
    int version = cursor.int32("the version");
    if (version != 2 && version != 3) {
      throw new EngineException.Unsupported(
          "%s has GGUF version %d; little-endian versions 2 and 3 are read"
              .formatted(file, Integer.toUnsignedLong(version)));
    }
    long tensors = cursor.count("the list of tensors", 1);
    long keys = cursor.count("the metadata", FEWEST_KEY_BYTES);
    if (keys > MOST_KEYS || tensors > MOST_TENSORS) {
      throw cursor.invalid("%d metadata keys, %d tensors".formatted(keys, tensors));
    }
    var metadata = new GgufMetadata(values(cursor, (int) keys), file);
    if (tensors > cursor.remaining() / FEWEST_TENSOR_BYTES) {
      throw cursor.invalid("it ends within the list of its " + tensors + " tensors");
    }
    var entries = entries(cursor, (int) tensors);
    long alignment = alignment(cursor, metadata);
    return new GgufPart(version, metadata, place(cursor, entries, alignment));
  }

  private static Map<String, GgufValue> values(GgufCursor cursor, int count) {
    var values = new LinkedHashMap<String, GgufValue>();
    int textBytes = MOST_TEXT_BYTES;
    for (int i = 0; i < count; i++) {
      String key = cursor.text("a metadata key", Math.min(MOST_KEY_BYTES, textBytes));
      textBytes -= key.length();
      var value = value(cursor, key, type(cursor, key), textBytes);
      textBytes -= value instanceof GgufValue.Text text ? text.value().length() : 0;
      if (values.put(key, value) != null) {
        throw cursor.invalid("the metadata key " + key + " comes twice");
      }
    }
    return values;
  }

  private static GgufType type(GgufCursor cursor, String key) {
    int number = cursor.int32("the type of " + key);
    return GgufType.of(number)
        .orElseThrow(() -> cursor.invalid(key + " has the unknown type " + number));
  }

  private static GgufValue value(GgufCursor cursor, String key, GgufType type, int mostBytes) {
    return switch (type) {
      case UINT8 -> new GgufValue.Whole(cursor.int8(key) & 0xFF, type);
      case INT8 -> new GgufValue.Whole(cursor.int8(key), type);
      case UINT16 -> new GgufValue.Whole(cursor.int16(key) & 0xFFFF, type);
      case INT16 -> new GgufValue.Whole(cursor.int16(key), type);
      case UINT32 -> new GgufValue.Whole(cursor.int32(key) & 0xFFFFFFFFL, type);
      case INT32 -> new GgufValue.Whole(cursor.int32(key), type);
      case UINT64 -> new GgufValue.Whole(unsigned(cursor, key), type);
      case INT64 -> new GgufValue.Whole(cursor.int64(key), type);
      case FLOAT32 -> new GgufValue.Real(Float.intBitsToFloat(cursor.int32(key)), type);
      case FLOAT64 -> new GgufValue.Real(Double.longBitsToDouble(cursor.int64(key)), type);
      case BOOL -> new GgufValue.Flag(flag(cursor, key));
      case STRING -> new GgufValue.Text(cursor.text(key, mostBytes));
      case ARRAY -> new GgufValue.Items(array(cursor, key));
    };
  }

  private static long unsigned(GgufCursor cursor, String key) {
    long value = cursor.int64(key);
    if (value < 0) {
      throw cursor.invalid(key + " is out of range: " + Long.toUnsignedString(value));
    }
    return value;
  }

  private static boolean flag(GgufCursor cursor, String key) {
    byte value = cursor.int8(key);
    if (value != 0 && value != 1) {
      throw cursor.invalid(key + " is neither true nor false: " + value);
    }
    return value == 1;
  }

  private static GgufArray array(GgufCursor cursor, String key) {
    var type = type(cursor, key);
    if (type == GgufType.ARRAY) {
      throw new EngineException.Unsupported(
          "%s: %s is an array of arrays, which this engine does not read"
              .formatted(cursor.file(), key));
    }
    long count = cursor.count(key, type.minimumBytes());
    long start = cursor.position();
    if (type == GgufType.STRING) {
      for (long i = 0; i < count; i++) {
        cursor.skipText(key);
      }
    } else {
      cursor.slice(count * type.minimumBytes(), key);
    }
    return new GgufArray(type, count, cursor.between(start, cursor.position()), key, cursor.file());
  }

  private static List<Entry> entries(GgufCursor cursor, int count) {
    var entries = new ArrayList<Entry>(count);
    var names = new HashSet<String>();
    for (int i = 0; i < count; i++) {
      String name = cursor.text("the name of a tensor", MOST_NAME_BYTES);
      if (!names.add(name)) {
        throw cursor.invalid("the tensor " + name + " comes twice");
      }
      entries.add(entry(cursor, name));
    }
    return entries;
  }

  private static Entry entry(GgufCursor cursor, String name) {
    int dimensions = cursor.int32("the dimensions of " + name);
    if (dimensions < 1 || dimensions > Shape.MAX_DIMENSIONS) {
      throw cursor.invalid(
          name + " has " + Integer.toUnsignedString(dimensions) + " dimensions, not 1 to 4");
    }
    long[] extents = new long[dimensions];
    for (int i = 0; i < dimensions; i++) {
      extents[i] = cursor.int64("the shape of " + name);
    }
    int number = cursor.int32("the format of " + name);
    var format =
        TensorFormat.ofGgmlType(number)
            .orElseThrow(
                () ->
                    new EngineException.Unsupported(
                        "%s: the tensor %s has the unknown format %s"
                            .formatted(cursor.file(), name, Integer.toUnsignedString(number))));
    long offset = cursor.int64("the offset of " + name);
    try {
      var shape = Shape.of(extents);
      long bytes = Math.multiplyExact(format.bytes(shape.ne0()), shape.rows());
      return new Entry(name, shape, format, offset, bytes);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw cursor.invalid("the tensor " + name + ": " + e.getMessage());
    }
  }

  private static long alignment(GgufCursor cursor, GgufMetadata metadata) {
    long alignment = metadata.findLong(ALIGNMENT_KEY).orElse(DEFAULT_ALIGNMENT);
    if (alignment < 1 || alignment > MOST_ALIGNMENT || Long.bitCount(alignment) != 1) {
      throw cursor.invalid(ALIGNMENT_KEY + " is " + alignment + ", not a power of two");
    }
    return alignment;
  }

  /** Cuts the tensors out of the file once all of them are known to lie in it, side by side. */
  private static List<GgufTensor> place(GgufCursor cursor, List<Entry> entries, long alignment) {
    long start = (cursor.position() + alignment - 1) & -alignment;
    long available = cursor.position() + cursor.remaining() - start;
    var ordered = new ArrayList<>(entries);
    ordered.sort(Comparator.comparingLong(Entry::offset));
    long end = 0;
    for (var entry : ordered) {
      if (entry.offset() % alignment != 0) {
        throw cursor.invalid(
            "the tensor %s starts at %d, not at a multiple of %d"
                .formatted(entry.name(), entry.offset(), alignment));
      }
      if (entry.offset() < end) {
        throw cursor.invalid("the tensor " + entry.name() + " overlaps another one");
      }
      if (entry.offset() > available || entry.bytes() > available - entry.offset()) {
        throw cursor.invalid(
            "the tensor %s ends past the end of the file: is the download complete?"
                .formatted(entry.name()));
      }
      end = entry.offset() + entry.bytes();
    }
    return entries.stream()
        .map(
            entry -> {
              long at = start + entry.offset();
              var data = cursor.between(at, at + entry.bytes());
              return new GgufTensor(entry.name(), entry.shape(), entry.format(), data);
            })
        .toList();
  }
}
