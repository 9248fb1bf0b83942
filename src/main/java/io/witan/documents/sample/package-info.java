/** Witan's own manual as a collection to try things with. */
@NullMarked
package io.witan.documents.sample;

import org.jspecify.annotations.NullMarked;
