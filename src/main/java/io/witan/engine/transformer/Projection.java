package io.witan.engine.transformer;

import io.witan.engine.graph.Matrix;
import org.jspecify.annotations.Nullable;

/** A matrix with its bias. */
record Projection(Matrix weight, @Nullable Matrix bias) {}
