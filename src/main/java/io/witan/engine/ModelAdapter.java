package io.witan.engine;

/**
 * A loaded adapter of one model. Close it when no session uses it any more: sessions that still do
 * are then refused.
 */
public final class ModelAdapter implements AutoCloseable {
  private final LanguageModel model;
  private final int slot;
  private final int matrices;
  private volatile boolean isClosed;

  ModelAdapter(LanguageModel model, int slot, int matrices) {
    this.model = model;
    this.slot = slot;
    this.matrices = matrices;
  }

  boolean isOf(LanguageModel other) {
    return model == other;
  }

  int slot() {
    if (isClosed) {
      throw new EngineException.Closed("the adapter is closed");
    }
    return slot;
  }

  /** How many of the model's matrices (experts count as one) it changes. */
  public int matrices() {
    return matrices;
  }

  @Override
  public synchronized void close() {
    if (!isClosed) {
      isClosed = true;
      model.adapters().remove(slot);
    }
  }
}
