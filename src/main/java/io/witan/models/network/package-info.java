/** Connections that look at the address before they are made. */
@NullMarked
package io.witan.models.network;

import org.jspecify.annotations.NullMarked;
