/** Small changes of a model, kept beside it. */
@NullMarked
package io.witan.engine.adapter;

import org.jspecify.annotations.NullMarked;
