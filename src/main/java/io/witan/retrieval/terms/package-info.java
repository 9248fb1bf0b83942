/** Turns text into index terms: the same for passages and for queries. */
@NullMarked
package io.witan.retrieval.terms;

import org.jspecify.annotations.NullMarked;
