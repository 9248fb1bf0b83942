/** Tests and fixtures of this package. */
@NullMarked
package io.witan.chat;

import org.jspecify.annotations.NullMarked;
