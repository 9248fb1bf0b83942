/** Passages, vectors, full text and ranking behind one permission-checked door. */
@ApplicationModule(
    displayName = "Retrieval",
    allowedDependencies = {"shared", "identity", "catalogue", "models"})
@NullMarked
package io.witan.retrieval;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
