/** Tests and fixtures of this package. */
@NullMarked
package io.witan.chat.quotes;

import org.jspecify.annotations.NullMarked;
