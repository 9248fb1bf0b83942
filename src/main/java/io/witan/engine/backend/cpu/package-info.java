/** The CPU back ends: Vector API kernels, and a scalar reference that is the oracle of tests. */
@NullMarked
package io.witan.engine.backend.cpu;

import org.jspecify.annotations.NullMarked;
