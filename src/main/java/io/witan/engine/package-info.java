/** The inference engine: a plain Java library without Spring or logging. */
@ApplicationModule(
    displayName = "Engine",
    allowedDependencies = {})
@NullMarked
package io.witan.engine;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
