/** Model families as rows of a table, and the sizes read from a file. */
@NullMarked
package io.witan.engine.architecture;

import org.jspecify.annotations.NullMarked;
