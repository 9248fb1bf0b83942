/** Runs graphs on a GPU, or whatever device TornadoVM has. */
@NullMarked
package io.witan.engine.backend.tornado;

import org.jspecify.annotations.NullMarked;
