/** Assistants: instructions, knowledge and retrieval settings that people pick. */
@ApplicationModule(
    displayName = "Assistants",
    allowedDependencies = {"shared", "identity", "catalogue", "models"})
@NullMarked
package io.witan.assistants;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
