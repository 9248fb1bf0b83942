package io.witan.engine.tokenizer;

import java.util.Arrays;

/** From long keys, none of them -1, to ints, none of them negative; without boxing. */
final class LongIntMap {
  static final int ABSENT = -1;
  private static final long EMPTY = -1L;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private long[] keys;
  private int[] values;
  private int size;
  private int shift;

  LongIntMap(int expected) {
    int capacity = Math.max(16, Integer.highestOneBit(Math.max(1, expected)) << 2);
    allocate(capacity);
  }

  private void allocate(int capacity) {
    keys = new long[capacity];
    Arrays.fill(keys, EMPTY);
    values = new int[capacity];
    shift = Long.SIZE - Integer.numberOfTrailingZeros(capacity);
  }

  int size() {
    return size;
  }

  int get(long key) {
    int at = slot(key);
    return keys[at] == key ? values[at] : ABSENT;
  }

  /** Sets the value unless the key has one. */
  void putIfAbsent(long key, int value) {
    if (size * 2 >= keys.length) {
      grow();
    }
    int at = slot(key);
    if (keys[at] == EMPTY) {
      keys[at] = key;
      values[at] = value;
      size++;
    }
  }

  private int slot(long key) {
    int at = (int) ((key * SPREAD) >>> shift);
    while (keys[at] != key && keys[at] != EMPTY) {
      at = (at + 1) & (keys.length - 1);
    }
    return at;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    allocate(oldKeys.length * 2);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != EMPTY) {
        int at = slot(oldKeys[i]);
        keys[at] = oldKeys[i];
        values[at] = oldValues[i];
      }
    }
  }
}
