package io.witan.engine.backend;

import io.witan.engine.DeviceSpeed;
import io.witan.engine.graph.Graph;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A device that runs graphs. */
public interface Backend {
  /** The name in options and reports, such as {@code cpu}. */
  String id();

  /** Why this back end cannot run here, or null if it can. */
  default @Nullable String missing() {
    return null;
  }

  /**
   * What it can run on, in the order of their numbers; empty for the processor.
   *
   * @throws io.witan.engine.EngineException if it cannot be asked
   */
  default List<BackendDevice> devices() {
    return List.of();
  }

  /**
   * Measures one of the {@link #devices()}, for some seconds.
   *
   * @return null for the processor
   */
  default @Nullable DeviceSpeed measure(int device) {
    return null;
  }

  /**
   * Makes a graph ready to run.
   *
   * @throws io.witan.engine.EngineException if a weight's format has no kernel here, or the device
   *     has too little memory
   */
  Program compile(Graph graph, Weights weights, BackendOptions options);
}
