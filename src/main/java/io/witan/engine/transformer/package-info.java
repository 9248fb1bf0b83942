/** Builds the graph of a decoder from the tensors that are present. */
@NullMarked
package io.witan.engine.transformer;

import org.jspecify.annotations.NullMarked;
