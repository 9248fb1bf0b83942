package io.witan.engine.gguf;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** An array of metadata, left in the file until somebody asks for its elements. */
record GgufArray(GgufType type, long count, MemorySegment data, String key, String file) {
  /** Vocabularies have up to 262,144 tokens and 514,906 merges today. */
  private static final int MOST_ELEMENTS = 1 << 22;

  private static final int MOST_TEXTS = 1 << 20;

  private static final long MOST_TEXT_BYTES = 64L << 20;
  private static final int MOST_ELEMENT_BYTES = 1 << 20;

  List<String> texts() {
    var cursor = cursor();
    if (type != GgufType.STRING) {
      throw wrongType(cursor, "strings");
    }
    if (data.byteSize() > MOST_TEXT_BYTES) {
      throw cursor.invalid(key + " has " + data.byteSize() + " bytes of strings");
    }
    int size = size(cursor, MOST_TEXTS);
    var texts = new ArrayList<String>(size);
    for (int left = size; left > 0; left--) {
      texts.add(cursor.text(key, MOST_ELEMENT_BYTES));
    }
    return Collections.unmodifiableList(texts);
  }

  int[] ints() {
    var cursor = cursor();
    int[] ints = new int[size(cursor, MOST_ELEMENTS)];
    for (int i = 0; i < ints.length; i++) {
      long value =
          switch (type) {
            case UINT8 -> cursor.int8(key) & 0xFF;
            case INT8 -> cursor.int8(key);
            case UINT16 -> cursor.int16(key) & 0xFFFF;
            case INT16 -> cursor.int16(key);
            case UINT32 -> cursor.int32(key) & 0xFFFFFFFFL;
            case INT32 -> cursor.int32(key);
            case UINT64, INT64 -> cursor.int64(key);
            case BOOL, FLOAT32, FLOAT64, STRING, ARRAY -> throw wrongType(cursor, "whole numbers");
          };
      ints[i] = (int) value;
      if (ints[i] != value) {
        throw cursor.invalid("%s[%d] is %d, out of range".formatted(key, i, value));
      }
    }
    return ints;
  }

  float[] floats() {
    var cursor = cursor();
    float[] floats = new float[size(cursor, MOST_ELEMENTS)];
    for (int i = 0; i < floats.length; i++) {
      floats[i] =
          switch (type) {
            case FLOAT32 -> Float.intBitsToFloat(cursor.int32(key));
            case FLOAT64 -> (float) Double.longBitsToDouble(cursor.int64(key));
            case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64, BOOL, STRING, ARRAY ->
                throw wrongType(cursor, "real numbers");
          };
    }
    return floats;
  }

  private GgufCursor cursor() {
    return new GgufCursor(data, file);
  }

  private int size(GgufCursor cursor, int most) {
    if (count > most) {
      throw cursor.invalid("%s has %d elements, over the limit of %d".formatted(key, count, most));
    }
    return (int) count;
  }

  private RuntimeException wrongType(GgufCursor cursor, String wanted) {
    return cursor.invalid("%s holds %s, not %s".formatted(key, type, wanted));
  }
}
