@NullMarked
package io.witan.documents.extraction.worker;

import org.jspecify.annotations.NullMarked;
