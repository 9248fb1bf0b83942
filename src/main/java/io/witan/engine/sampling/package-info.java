/** Chooses the next token from logits, and stops where a text says so. */
@NullMarked
package io.witan.engine.sampling;

import org.jspecify.annotations.NullMarked;
