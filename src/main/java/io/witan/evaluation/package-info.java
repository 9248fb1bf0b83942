/** Data sets, runs and scores of retrieval and answers. */
@ApplicationModule(
    displayName = "Evaluation",
    allowedDependencies = {
      "shared",
      "identity",
      "catalogue",
      "models",
      "retrieval",
      "documents",
      "assistants",
      "chat"
    })
@NullMarked
package io.witan.evaluation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
