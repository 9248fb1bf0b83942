/** Tests of the command line and of the whole. */
@NullMarked
package io.witan;

import org.jspecify.annotations.NullMarked;
