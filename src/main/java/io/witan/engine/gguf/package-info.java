/** Reads and writes GGUF files; trusts nothing that a file says about itself. */
@NullMarked
package io.witan.engine.gguf;

import org.jspecify.annotations.NullMarked;
