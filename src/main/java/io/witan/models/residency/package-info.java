/** The model that answers now: loaded, served, replaced and let go in this process. */
@NamedInterface("residency")
@NullMarked
package io.witan.models.residency;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
