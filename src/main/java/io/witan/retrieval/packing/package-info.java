/** Fills a model's context with passages of the sources, whole and in the documents' order. */
@NamedInterface("packing")
@NullMarked
package io.witan.retrieval.packing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
