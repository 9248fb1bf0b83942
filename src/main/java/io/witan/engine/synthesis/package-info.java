/** Random-weight models of a given shape, for measuring. */
@NullMarked
package io.witan.engine.synthesis;

import org.jspecify.annotations.NullMarked;
