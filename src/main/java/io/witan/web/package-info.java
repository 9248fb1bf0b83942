/** The HTTP edge: security filter chain, problems, pages, OpenAPI. */
@ApplicationModule(
    displayName = "Web",
    allowedDependencies = {"shared", "identity"})
@NullMarked
package io.witan.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
