/** Conversations, answers and their citations. */
@ApplicationModule(
    displayName = "Chat",
    allowedDependencies = {
      "shared",
      "identity",
      "catalogue",
      "engine",
      "engine :: tools",
      "models",
      "models :: generation",
      "retrieval",
      "retrieval :: packing",
      "assistants"
    })
@NullMarked
package io.witan.chat;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
