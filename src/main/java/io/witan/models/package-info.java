/** Embedders and generators that run in this process, and what is active. */
@ApplicationModule(
    displayName = "Models",
    allowedDependencies = {"shared", "identity", "engine", "engine :: serving", "engine :: tools"})
@NullMarked
package io.witan.models;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
