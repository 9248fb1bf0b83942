/** News of documents for whoever watches. */
@NullMarked
package io.witan.documents.live;

import org.jspecify.annotations.NullMarked;
