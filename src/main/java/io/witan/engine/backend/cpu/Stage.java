package io.witan.engine.backend.cpu;

/** One or more operations of a graph, made ready. */
@FunctionalInterface
interface Stage {
  void run(StepState state);
}
