package io.witan.models.registry;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.witan.identity.AccessScope;
import io.witan.identity.NotAllowed;
import io.witan.shared.Page;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The registry by REST, for administrators. */
@RestController
@RequestMapping("/api/v1/models/registry")
@Tag(name = "Models")
class ModelRegistryController {
  private final ModelRegistry registry;

  ModelRegistryController(ModelRegistry registry) {
    this.registry = registry;
  }

  @GetMapping
  @Operation(summary = "List the models that were added (administrators)")
  Page<RegisteredModel> list(AccessScope scope) {
    NotAllowed.unlessAdministrator(scope);
    return Page.all(registry.all());
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Remove a model and its file (administrators)")
  void remove(AccessScope scope, @PathVariable UUID id) {
    NotAllowed.unlessAdministrator(scope);
    registry.remove(scope.requirePerson(), id.toString());
  }
}
