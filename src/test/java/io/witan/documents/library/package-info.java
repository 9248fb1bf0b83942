@NullMarked
package io.witan.documents.library;

import org.jspecify.annotations.NullMarked;
