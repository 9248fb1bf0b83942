/** What a tensor looks like in memory: formats and shapes, no arithmetic. */
@NullMarked
package io.witan.engine.tensor;

import org.jspecify.annotations.NullMarked;
