package io.witan.engine.backend.cpu;

import io.witan.engine.backend.Backend;
import io.witan.engine.backend.BackendOptions;
import io.witan.engine.backend.Program;
import io.witan.engine.backend.Weights;
import io.witan.engine.graph.Graph;

/** The processor's vector units, through the Vector API. */
public final class CpuBackend implements Backend {
  @Override
  public String id() {
    return "cpu";
  }

  @Override
  public Program compile(Graph graph, Weights weights, BackendOptions options) {
    return new CpuProgram(graph, weights, options);
  }
}
