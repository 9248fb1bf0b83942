/** Fetches a large file from an address that an administrator gave, and from no other. */
@NamedInterface("fetch")
@NullMarked
package io.witan.models.fetch;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
