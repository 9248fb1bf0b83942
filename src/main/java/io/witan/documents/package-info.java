/** Upload, revisions, extraction, chunking and the jobs that index documents. */
@ApplicationModule(
    displayName = "Documents",
    allowedDependencies = {"shared", "identity", "catalogue", "models", "retrieval"})
@NullMarked
package io.witan.documents;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
