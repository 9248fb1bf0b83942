package io.witan.engine.backend.tornado;

import io.witan.engine.EngineException;
import io.witan.engine.backend.CachePages;
import java.util.ArrayDeque;

/** Which pages of the device's key-value cache are free. */
final class PageList implements CachePages {
  private final ArrayDeque<Integer> free = new ArrayDeque<>();
  private final int pages;
  private final long pageBytes;
  private int fresh;

  PageList(int pages, long pageBytes) {
    this.pages = pages;
    this.pageBytes = pageBytes;
  }

  @Override
  public int pageTokens() {
    return AttentionKernels.PAGE;
  }

  @Override
  public long pageBytes() {
    return pageBytes;
  }

  @Override
  public synchronized int acquire() {
    var page = free.poll();
    if (page != null) {
      return page;
    }
    if (fresh == pages) {
      throw new EngineException.LimitExceeded(
          "the key-value cache is full: %d positions".formatted(pages * AttentionKernels.PAGE));
    }
    return fresh++;
  }

  @Override
  public synchronized void release(int page) {
    free.push(page);
  }
}
