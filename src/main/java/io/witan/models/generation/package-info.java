/** Generators as the rest of the product uses them, whether they run here or elsewhere. */
@NamedInterface("generation")
@NullMarked
package io.witan.models.generation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
