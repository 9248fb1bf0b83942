package io.witan.engine.serving;

import java.util.concurrent.CompletableFuture;

/** A request that was taken. */
public final class GenerationHandle {
  private final CompletableFuture<GenerationResult> result;
  private final Runnable cancellation;

  GenerationHandle(CompletableFuture<GenerationResult> result, Runnable cancellation) {
    this.result = result;
    this.cancellation = cancellation;
  }

  /** Ends it within one step; nothing if it has ended. */
  public void cancel() {
    cancellation.run();
  }

  /** How it ended, after the listener was told. Never fails: failures are results. */
  public CompletableFuture<GenerationResult> result() {
    return result.copy();
  }
}
