/** Tests of the whole product, and what they share. */
@NullMarked
package io.witan;

import org.jspecify.annotations.NullMarked;
