@NullMarked
package io.witan.documents;

import org.jspecify.annotations.NullMarked;
