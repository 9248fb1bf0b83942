@NullMarked
package io.witan.documents.extraction;

import org.jspecify.annotations.NullMarked;
