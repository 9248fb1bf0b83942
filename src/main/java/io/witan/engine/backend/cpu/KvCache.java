package io.witan.engine.backend.cpu;

import io.witan.engine.EngineException;
import io.witan.engine.backend.CachePages;
import io.witan.engine.backend.KvFormat;
import io.witan.engine.graph.Graph;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values in pages of {@value #PAGE_TOKENS} positions. Within a page, for each layer and
 * key head, lie the keys {@code [headSize, positions]} and then the values {@code [positions,
 * headSize]}: so both products of attention run along the fastest extent.
 *
 * <p>A page takes memory when it is first acquired. Acquiring and releasing is safe from any
 * thread.
 */
final class KvCache implements CachePages {
  static final int PAGE_TOKENS = 64;

  private final int keyHeads;
  private final int headSize;
  private final int pageElements;
  private final KvFormat format;
  private final int pages;
  private final short[] @Nullable [] halves;
  private final float[] @Nullable [] floats;
  private final byte[] @Nullable [] octets;
  private final ArrayDeque<Integer> free = new ArrayDeque<>();
  private int fresh;

  /**
   * @throws EngineException if heads do not fill the blocks of the format
   */
  KvCache(Graph graph, KvFormat format, int tokens) {
    if (format == KvFormat.Q8_0 && graph.headSize() % KvFormat.BLOCK != 0) {
      throw new EngineException.Unsupported(
          "keys and values as Q8_0 need heads of a multiple of %d numbers, not %d"
              .formatted(KvFormat.BLOCK, graph.headSize()));
    }
    this.headSize = graph.headSize();
    this.keyHeads = graph.keyWidth() / headSize;
    this.format = format;
    this.pageElements = Math.toIntExact(2L * graph.layers() * graph.keyWidth() * PAGE_TOKENS);
    int pages = Math.ceilDiv(tokens, PAGE_TOKENS);
    this.pages = pages;
    this.halves = new short[format == KvFormat.F16 ? pages : 0][];
    this.floats = new float[format == KvFormat.F16 ? 0 : pages][];
    this.octets = new byte[format == KvFormat.Q8_0 ? pages : 0][];
  }

  @Override
  public int pageTokens() {
    return PAGE_TOKENS;
  }

  @Override
  public long pageBytes() {
    return format.bytes(pageElements);
  }

  @Override
  public synchronized int acquire() {
    var page = free.poll();
    if (page != null) {
      return page;
    }
    if (fresh == pages) {
      throw new EngineException.LimitExceeded(
          "the key-value cache is full: %d positions".formatted(pages * PAGE_TOKENS));
    }
    switch (format) {
      case F16 -> halves[fresh] = new short[pageElements];
      case F32 -> floats[fresh] = new float[pageElements];
      case Q8_0 -> {
        octets[fresh] = new byte[pageElements];
        floats[fresh] = new float[pageElements / KvFormat.BLOCK];
      }
    }
    return fresh++;
  }

  @Override
  public synchronized void release(int page) {
    free.push(page);
  }

  KvFormat format() {
    return format;
  }

  short[] halfPage(int page) {
    return present(halves[page]);
  }

  /** Of Q8_0 the scales: where a head begins in the page, divided by the numbers of a block. */
  float[] floatPage(int page) {
    return present(floats[page]);
  }

  byte[] octetPage(int page) {
    return present(octets[page]);
  }

  private static <T> T present(@Nullable T page) {
    if (page == null) {
      throw new IllegalStateException("a page that nobody acquired");
    }
    return page;
  }

  /** Where the keys of a head begin in a page. */
  int keysAt(int layer, int head) {
    return (layer * keyHeads + head) * 2 * headSize * PAGE_TOKENS;
  }

  /** Where the values of a head begin in a page. */
  int valuesAt(int layer, int head) {
    return keysAt(layer, head) + headSize * PAGE_TOKENS;
  }

  /** Keeps one position's keys and values of one head. */
  void store(
      int page,
      int layer,
      int head,
      int place,
      float[] key,
      int keyAt,
      float[] value,
      int valueAt) {
    int keys = keysAt(layer, head) + place;
    int values = valuesAt(layer, head) + place * headSize;
    switch (format) {
      case F16 -> {
        short[] target = halfPage(page);
        for (int i = 0; i < headSize; i++) {
          target[keys + i * PAGE_TOKENS] = Float.floatToFloat16(key[keyAt + i]);
          target[values + i] = Float.floatToFloat16(value[valueAt + i]);
        }
      }
      case F32 -> {
        float[] target = floatPage(page);
        for (int i = 0; i < headSize; i++) {
          target[keys + i * PAGE_TOKENS] = key[keyAt + i];
          target[values + i] = value[valueAt + i];
        }
      }
      case Q8_0 -> {
        for (int block = 0; block < headSize; block += KvFormat.BLOCK) {
          int scale = keysAt(layer, head) / KvFormat.BLOCK + block / KvFormat.BLOCK * PAGE_TOKENS;
          quantize(
              page, key, keyAt + block, keys + block * PAGE_TOKENS, PAGE_TOKENS, scale + place);
          int at = values + block;
          quantize(page, value, valueAt + block, at, 1, at / KvFormat.BLOCK);
        }
      }
    }
  }

  private void quantize(int page, float[] numbers, int at, int to, int step, int scaleAt) {
    float most = 0;
    for (int i = 0; i < KvFormat.BLOCK; i++) {
      most = Math.max(most, Math.abs(numbers[at + i]));
    }
    float scale = most / 127;
    floatPage(page)[scaleAt] = scale;
    byte[] target = octetPage(page);
    for (int i = 0; i < KvFormat.BLOCK; i++) {
      target[to + i * step] = (byte) (scale == 0 ? 0 : Math.round(numbers[at + i] / scale));
    }
  }

  /** A key's number of a head. */
  float key(int page, int layer, int head, int place, int i) {
    int at = keysAt(layer, head) + i * PAGE_TOKENS + place;
    int scaleAt = keysAt(layer, head) / KvFormat.BLOCK + i / KvFormat.BLOCK * PAGE_TOKENS + place;
    return at(page, at, scaleAt);
  }

  /** A value's number of a head. */
  float value(int page, int layer, int head, int place, int i) {
    int at = valuesAt(layer, head) + place * headSize + i;
    return at(page, at, at / KvFormat.BLOCK);
  }

  private float at(int page, int index, int scaleAt) {
    return switch (format) {
      case F16 -> Float.float16ToFloat(halfPage(page)[index]);
      case F32 -> floatPage(page)[index];
      case Q8_0 -> octetPage(page)[index] * floatPage(page)[scaleAt];
    };
  }
}
