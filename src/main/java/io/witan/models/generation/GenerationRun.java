package io.witan.models.generation;

import java.util.concurrent.CompletableFuture;

/** A request that was taken. */
public interface GenerationRun {
  /** Ends it soon; nothing if it has ended. */
  void cancel();

  /** How it ended, after the listener was told. Never fails. */
  CompletableFuture<GenerationEnd> end();
}
