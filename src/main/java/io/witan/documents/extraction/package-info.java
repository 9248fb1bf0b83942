/** Turns an uploaded file into linear text with structure, in a process that may be killed. */
@NullMarked
package io.witan.documents.extraction;

import org.jspecify.annotations.NullMarked;
