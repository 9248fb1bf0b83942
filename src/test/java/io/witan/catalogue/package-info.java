/** Tests and fixtures of this package. */
@NullMarked
package io.witan.catalogue;

import org.jspecify.annotations.NullMarked;
