/** Uploads of models in pieces, by the protocol tus 1.0. */
@NullMarked
package io.witan.models.upload;

import org.jspecify.annotations.NullMarked;
