package io.witan.models.residency;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.witan.identity.AccessScope;
import io.witan.identity.NotAllowed;
import io.witan.models.registry.ModelActivation;
import io.witan.models.registry.ModelRegistry;
import io.witan.models.registry.RegisteredModel;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Which model answers, by REST, for administrators. */
@RestController
@RequestMapping("/api/v1/models")
@Tag(name = "Models")
class ModelActivationController {
  private final ModelRegistry registry;
  private final ModelActivation activation;
  private final ResidentModels models;

  ModelActivationController(
      ModelRegistry registry, ModelActivation activation, ResidentModels models) {
    this.registry = registry;
    this.activation = activation;
    this.models = models;
  }

  /** Which model to activate. */
  record ActivateModel(@NotNull UUID modelId) {}

  @PutMapping("/active")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      summary = "Activate a model, which is then loaded; see GET /models (administrators)",
      description =
          "The model that was active answers until the new one is loaded, and finishes what it"
              + " began. Activating a model that could not be loaded tries again.")
  RegisteredModel activate(AccessScope scope, @Valid @RequestBody ActivateModel request) {
    NotAllowed.unlessAdministrator(scope);
    var model = activation.activate(scope.requirePerson(), request.modelId().toString());
    models.hurry(KnownModel.of(model));
    return model;
  }

  @DeleteMapping("/active")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Deactivate the model: answers are quotes again (administrators)")
  void deactivate(AccessScope scope) {
    NotAllowed.unlessAdministrator(scope);
    activation.deactivate(scope.requirePerson());
    models.hurry(null);
  }

  @GetMapping("/active/statistics")
  @Operation(summary = "What the active model does and has done (administrators)")
  GeneratorStatistics statistics(AccessScope scope) {
    NotAllowed.unlessAdministrator(scope);
    return models.shownStatistics();
  }

  @GetMapping("/registry/{id}/fit")
  @Operation(summary = "Whether a model fits this machine's memory now (administrators)")
  ModelFit fit(AccessScope scope, @PathVariable UUID id) {
    NotAllowed.unlessAdministrator(scope);
    return models.fit(registry.find(id.toString()));
  }
}
