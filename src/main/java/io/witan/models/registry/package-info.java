/** Generator models that were added to the installation, and their files. */
@NamedInterface("registry")
@NullMarked
package io.witan.models.registry;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
