package io.witan.engine.backend;

/** A graph made ready for a device. One step runs at a time. */
public interface Program extends AutoCloseable {
  /** The key-value cache of this program. */
  CachePages pages();

  /** Runs the batch through all layers; its keys and values stay in the pages it names. */
  StepResult run(StepBatch batch);

  @Override
  void close();
}
