/** API keys of programs. */
@NullMarked
package io.witan.identity.keys;

import org.jspecify.annotations.NullMarked;
