package io.witan.engine.graph;

/** How rows are normalised. */
public enum NormKind {
  /** x / sqrt(mean(x²) + ε) (Zhang and Sennrich 2019). */
  RMS,
  /** (x − mean) / sqrt(variance + ε) (Ba et al. 2016). */
  LAYER
}
