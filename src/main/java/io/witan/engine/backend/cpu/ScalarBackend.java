package io.witan.engine.backend.cpu;

import io.witan.engine.backend.Backend;
import io.witan.engine.backend.BackendOptions;
import io.witan.engine.backend.Program;
import io.witan.engine.backend.Weights;
import io.witan.engine.graph.Graph;

/** Plain loops that sum in double: slow, and the oracle of the other back ends. */
public final class ScalarBackend implements Backend {
  @Override
  public String id() {
    return "cpu-scalar";
  }

  @Override
  public Program compile(Graph graph, Weights weights, BackendOptions options) {
    return new ScalarProgram(graph, weights, options);
  }
}
