/** Tests of people, keys and sign-in. */
@NullMarked
package io.witan.identity;

import org.jspecify.annotations.NullMarked;
