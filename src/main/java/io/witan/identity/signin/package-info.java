/** Passwords, one-time links, sessions and who a request comes from. */
@NullMarked
package io.witan.identity.signin;

import org.jspecify.annotations.NullMarked;
