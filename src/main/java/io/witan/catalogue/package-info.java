/** Collections and their permissions: who may read what. */
@ApplicationModule(
    displayName = "Catalogue",
    allowedDependencies = {"shared", "identity"})
@NullMarked
package io.witan.catalogue;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
