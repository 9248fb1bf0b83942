package io.witan.engine.backend;

import io.witan.engine.EngineException;
import org.jspecify.annotations.Nullable;

/** A graph made ready for a device. One step runs at a time. */
public interface Program extends AutoCloseable {
  /** The key-value cache of this program. */
  CachePages pages();

  /** Runs the batch through all layers; its keys and values stay in the pages it names. */
  StepResult run(StepBatch batch);

  /**
   * Puts an adapter where rows of a batch can name it, or takes it away. Not while a step runs that
   * names it.
   *
   * @param slot from 1; 0 stands for none
   * @throws EngineException if this back end has no adapters
   */
  default void setAdapter(int slot, @Nullable Adapter adapter) {
    throw new EngineException.Unsupported("this back end does not run adapters");
  }

  @Override
  void close();
}
