/** Data sets from documents, tuning runs and promotion of adapters. */
@ApplicationModule(
    displayName = "Customization",
    allowedDependencies = {
      "shared",
      "identity",
      "catalogue",
      "models",
      "retrieval",
      "evaluation",
      "engine"
    })
@NullMarked
package io.witan.customization;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
