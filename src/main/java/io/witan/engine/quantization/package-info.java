/** Turns the weights of a model into blocks of fewer bits. */
@NullMarked
package io.witan.engine.quantization;

import org.jspecify.annotations.NullMarked;
