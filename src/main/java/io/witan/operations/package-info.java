/** Audit log, health, usage: listens to everybody, and nobody depends on it. */
@ApplicationModule(
    displayName = "Operations",
    allowedDependencies = {
      "shared",
      "database",
      "identity",
      "catalogue",
      "models",
      "retrieval",
      "documents",
      "assistants",
      "chat",
      "evaluation"
    })
@NullMarked
package io.witan.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
