@NullMarked
package io.witan.documents.chunking;

import org.jspecify.annotations.NullMarked;
