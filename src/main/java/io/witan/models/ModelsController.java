package io.witan.models;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.witan.identity.AccessScope;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/models")
@Tag(name = "Models")
class ModelsController {
  private final ActiveGenerator generator;
  private final ComputeBackend backend;
  private final Embedders embedders;

  ModelsController(ActiveGenerator generator, ComputeBackend backend, Embedders embedders) {
    this.generator = generator;
    this.backend = backend;
    this.embedders = embedders;
  }

  /** An embedder as people see it. */
  record EmbedderDescription(
      String id, String name, String language, int dimensions, String licence, boolean active) {}

  /** Everything that computes, and what is active. */
  record ModelOverview(
      GeneratorDescription generator,
      ComputeBackend.BackendDescription backend,
      List<EmbedderDescription> embedders) {}

  @GetMapping
  @Operation(summary = "Which models and which back end are active")
  ModelOverview models(AccessScope scope) {
    return new ModelOverview(
        shownTo(scope, generator.describe()),
        backend.describe(),
        embedders.all().stream()
            .map(
                it ->
                    new EmbedderDescription(
                        it.id(), it.name(), it.language(), it.dimensions(), it.licence(), true))
            .toList());
  }

  /** What could not be loaded, and why, is for those who can mend it. */
  private static GeneratorDescription shownTo(AccessScope scope, GeneratorDescription full) {
    return scope.isAdministrator() ? full : full.withoutWanted();
  }
}
