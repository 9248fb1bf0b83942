/** Where graphs run: compile once, then run steps of token rows of several sequences. */
@NullMarked
package io.witan.engine.backend;

import org.jspecify.annotations.NullMarked;
