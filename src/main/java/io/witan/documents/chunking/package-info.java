/** Cuts extracted text into passages that keep their place in the document. */
@NullMarked
package io.witan.documents.chunking;

import org.jspecify.annotations.NullMarked;
