package io.witan.engine.backend;

/** The pages of a back end's key-value cache; a page holds all layers of a run of positions. */
public interface CachePages {
  /** Positions of one page. */
  int pageTokens();

  /** Bytes of one page. */
  long pageBytes();

  /**
   * A free page.
   *
   * @throws io.witan.engine.EngineException if the cache is full
   */
  int acquire();

  /** Gives a page back. */
  void release(int page);
}
