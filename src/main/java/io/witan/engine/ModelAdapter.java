package io.witan.engine;

/**
 * A loaded adapter of one model. Who needs it for a while holds it: closed, it takes no new
 * holders, and goes with the last one. Sessions that nobody holds it for are refused then.
 */
public final class ModelAdapter implements AutoCloseable {
  private final LanguageModel model;
  private final int slot;
  private final int matrices;
  private int holders;
  private boolean isClosing;
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

  /**
   * Keeps it until {@link #release}.
   *
   * @throws EngineException.Closed if it is closed or about to be
   */
  public synchronized void hold() {
    if (isClosing) {
      throw new EngineException.Closed("the adapter is closed");
    }
    holders++;
  }

  /** Ends one {@link #hold}. */
  public synchronized void release() {
    holders--;
    remove();
  }

  /** Lets go of it as soon as nobody holds it. */
  @Override
  public synchronized void close() {
    isClosing = true;
    remove();
  }

  private void remove() {
    if (isClosing && !isClosed && holders == 0) {
      isClosed = true;
      model.adapters().remove(slot);
    }
  }
}
