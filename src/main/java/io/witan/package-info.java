/** Starts Witan: the command line composes the modules below this package. */
@NullMarked
package io.witan;

import org.jspecify.annotations.NullMarked;
