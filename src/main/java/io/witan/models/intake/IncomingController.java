package io.witan.models.intake;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.witan.identity.AccessScope;
import io.witan.identity.NotAllowed;
import io.witan.models.registry.ModelRegistry.Wanted;
import io.witan.shared.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Files of models on their way, by REST, for administrators. */
@RestController
@RequestMapping("/api/v1/models/incoming")
@Tag(name = "Models")
class IncomingController {
  private final IncomingModels incoming;

  IncomingController(IncomingModels incoming) {
    this.incoming = incoming;
  }

  /**
   * A file to be fetched.
   *
   * @param url https, of a GGUF file, or of the first part of a model in several
   * @param name null for the one in the file
   * @param licence null for the one in the file
   * @param sha256 that it must have; null if it is not known, or for a model in several parts
   */
  record FetchModel(
      @NotBlank @Size(max = 2000) String url,
      @Nullable @Size(max = 100) String name,
      @Nullable @Size(max = 200) String licence,
      @Nullable @Size(max = 64) String sha256) {
    @Override
    public String toString() {
      return "a file to be fetched"; // its address may hold a key
    }
  }

  @GetMapping
  @Operation(summary = "List the files of models on their way (administrators)")
  Page<IncomingModel> list(AccessScope scope) {
    NotAllowed.unlessAdministrator(scope);
    return Page.all(incoming.all());
  }

  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      summary = "Fetch a model from an address in the background (administrators)",
      description =
          "Private addresses are refused, at every redirection too, unless the host is allowed by"
              + " witan.models.fetch.allowed-hosts. The file is added when it has been checked. From the"
              + " address of a first part (-00001-of-) all parts are fetched and joined.")
  IncomingModel fetch(AccessScope scope, @Valid @RequestBody FetchModel request) {
    NotAllowed.unlessAdministrator(scope);
    return incoming.fetch(
        scope.requirePerson(),
        request.url(),
        new Wanted(request.name(), request.licence(), request.sha256()));
  }

  @GetMapping("/{id}")
  @Operation(summary = "Read how far a file of a model is (administrators)")
  IncomingModel find(AccessScope scope, @PathVariable UUID id) {
    NotAllowed.unlessAdministrator(scope);
    return incoming.find(id);
  }

  @PostMapping("/{id}/retry")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(summary = "Go on with a fetch that failed, where it stopped (administrators)")
  IncomingModel retry(AccessScope scope, @PathVariable UUID id) {
    NotAllowed.unlessAdministrator(scope);
    return incoming.retry(id);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Stop a fetch or an upload and forget it (administrators)")
  void discard(AccessScope scope, @PathVariable UUID id) {
    NotAllowed.unlessAdministrator(scope);
    incoming.discard(scope.requirePerson(), id);
  }
}
