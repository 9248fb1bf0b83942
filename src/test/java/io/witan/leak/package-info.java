/** Calls every operation of the API as everyone and looks for what they must not see. */
@NullMarked
package io.witan.leak;

import org.jspecify.annotations.NullMarked;
