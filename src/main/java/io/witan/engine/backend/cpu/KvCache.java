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
  private final short[] @Nullable [] halves;
  private final float[] @Nullable [] floats;
  private final ArrayDeque<Integer> free = new ArrayDeque<>();
  private int fresh;

  KvCache(Graph graph, KvFormat format, int tokens) {
    this.headSize = graph.headSize();
    this.keyHeads = graph.keyWidth() / headSize;
    this.format = format;
    this.pageElements = Math.toIntExact(2L * graph.layers() * graph.keyWidth() * PAGE_TOKENS);
    int pages = Math.ceilDiv(tokens, PAGE_TOKENS);
    this.halves = new short[format == KvFormat.F16 ? pages : 0][];
    this.floats = new float[format == KvFormat.F32 ? pages : 0][];
  }

  @Override
  public int pageTokens() {
    return PAGE_TOKENS;
  }

  @Override
  public long pageBytes() {
    return (long) pageElements * format.bytes();
  }

  @Override
  public synchronized int acquire() {
    var page = free.poll();
    if (page != null) {
      return page;
    }
    int pages = Math.max(halves.length, floats.length);
    if (fresh == pages) {
      throw new EngineException.LimitExceeded(
          "the key-value cache is full: %d positions".formatted(pages * PAGE_TOKENS));
    }
    if (format == KvFormat.F16) {
      halves[fresh] = new short[pageElements];
    } else {
      floats[fresh] = new float[pageElements];
    }
    return fresh++;
  }

  @Override
  public synchronized void release(int page) {
    free.push(page);
  }

  boolean isHalf() {
    return format == KvFormat.F16;
  }

  short[] halfPage(int page) {
    return present(halves[page]);
  }

  float[] floatPage(int page) {
    return present(floats[page]);
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
    if (isHalf()) {
      short[] target = halfPage(page);
      for (int i = 0; i < headSize; i++) {
        target[keys + i * PAGE_TOKENS] = Float.floatToFloat16(key[keyAt + i]);
        target[values + i] = Float.floatToFloat16(value[valueAt + i]);
      }
    } else {
      float[] target = floatPage(page);
      for (int i = 0; i < headSize; i++) {
        target[keys + i * PAGE_TOKENS] = key[keyAt + i];
        target[values + i] = value[valueAt + i];
      }
    }
  }

  /** One number of a page, however it is kept. */
  float at(int page, int index) {
    return isHalf() ? Float.float16ToFloat(halfPage(page)[index]) : floatPage(page)[index];
  }
}
