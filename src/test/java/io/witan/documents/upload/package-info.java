@NullMarked
package io.witan.documents.upload;

import org.jspecify.annotations.NullMarked;
