/** Receives files: names, bytes and what is already there. */
@NullMarked
package io.witan.documents.upload;

import org.jspecify.annotations.NullMarked;
