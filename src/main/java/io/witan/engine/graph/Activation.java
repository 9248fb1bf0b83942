package io.witan.engine.graph;

/** The bend of a feed-forward network. */
public enum Activation {
  /** x · sigmoid(x). */
  SILU,
  /** The tanh approximation of GELU (Hendrycks and Gimpel 2016). */
  GELU
}
