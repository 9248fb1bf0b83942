/** What the application and its extraction workers say to each other. */
@NullMarked
package io.witan.documents.extraction.wire;

import org.jspecify.annotations.NullMarked;
