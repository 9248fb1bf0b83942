package io.witan.engine.backend;

import io.witan.engine.gguf.GgufTensor;

/** Finds the data of a graph's matrices by name. */
@FunctionalInterface
public interface Weights {
  GgufTensor get(String name);
}
