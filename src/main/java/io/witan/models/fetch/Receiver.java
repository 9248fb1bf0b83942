package io.witan.models.fetch;

import org.jspecify.annotations.Nullable;

/** Told what comes; whatever failure it throws ends the download. */
public interface Receiver {
  /**
   * Before anything is written.
   *
   * @param offset bytes that are there already
   * @param total bytes of the whole file; -1 if the other side does not say
   * @param validator stays the same while the file does; null if it cannot be known
   */
  void begins(long offset, long total, @Nullable String validator);

  /** So many bytes are in the file now. */
  void received(long bytes);
}
