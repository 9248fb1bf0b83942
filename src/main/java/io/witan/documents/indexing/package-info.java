/** The stages of indexing as resumable database jobs. */
@NullMarked
package io.witan.documents.indexing;

import org.jspecify.annotations.NullMarked;
