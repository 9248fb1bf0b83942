package io.witan.models.residency;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.witan.identity.AccessScope;
import io.witan.identity.NotAllowed;
import io.witan.models.remote.RemoteCheck;
import io.witan.models.remote.RemoteGenerator;
import io.witan.models.remote.RemoteGenerators;
import io.witan.shared.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Remote generators by REST, for administrators. */
@RestController
@RequestMapping("/api/v1/models/remote")
@Tag(name = "Models")
class RemoteGeneratorsController {
  private final RemoteGenerators remotes;
  private final ResidentModels models;

  RemoteGeneratorsController(RemoteGenerators remotes, ResidentModels models) {
    this.remotes = remotes;
    this.models = models;
  }

  /**
   * A remote generator to be added.
   *
   * @param address where its OpenAI-compatible API begins
   * @param model as it is called there
   * @param contextTokens tokens of prompt and answer together at most
   * @param key kept encrypted and never shown again
   */
  record NewRemoteGenerator(
      @NotBlank @Size(max = 100) String name,
      @NotBlank @Size(max = 500) String address,
      @NotBlank @Size(max = 200) String model,
      @Min(1024) @Max(4_194_304) int contextTokens,
      @Nullable @Size(max = 4000) String key) {
    @Override
    public String toString() {
      return "a remote generator";
    }
  }

  @GetMapping
  @Operation(summary = "List the remote generators (administrators)")
  Page<RemoteGenerator> list(AccessScope scope) {
    NotAllowed.unlessAdministrator(scope);
    return Page.all(remotes.all());
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Add a generator with an OpenAI-compatible API (administrators)",
      description = "Nothing is sent to it until it is tested or activated.")
  RemoteGenerator add(AccessScope scope, @Valid @RequestBody NewRemoteGenerator request) {
    NotAllowed.unlessAdministrator(scope);
    return remotes.add(
        scope.requirePerson(),
        new RemoteGenerators.Wanted(
            request.name(),
            request.address(),
            request.model(),
            request.contextTokens(),
            request.key()));
  }

  /**
   * What becomes different; absent members stay.
   *
   * @param key empty to forget the stored one; must be sent again with another address
   */
  record RemoteGeneratorChange(
      @Nullable @Size(max = 100) String name,
      @Nullable @Size(max = 500) String address,
      @Nullable @Size(max = 200) String model,
      @Nullable @Min(1024) @Max(4_194_304) Integer contextTokens,
      @Nullable @Size(max = 4000) String key) {
    @Override
    public String toString() {
      return "a change of a remote generator";
    }
  }

  @PatchMapping("/{id}")
  @Operation(
      operationId = "changeRemoteGenerator",
      summary = "Change a remote generator that is not active (administrators)",
      description = "A stored key stays, unless another is sent; another address needs it again.")
  RemoteGenerator change(
      AccessScope scope, @PathVariable UUID id, @Valid @RequestBody RemoteGeneratorChange request) {
    NotAllowed.unlessAdministrator(scope);
    return remotes.change(
        scope.requirePerson(),
        id,
        new RemoteGenerators.Change(
            request.name(),
            request.address(),
            request.model(),
            request.contextTokens(),
            request.key()));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Remove a remote generator and its key (administrators)")
  void remove(AccessScope scope, @PathVariable UUID id) {
    NotAllowed.unlessAdministrator(scope);
    remotes.remove(scope.requirePerson(), id);
  }

  @PostMapping("/{id}/check")
  @Operation(
      summary = "Ask a remote generator for a word (administrators)",
      description = "Sends a fixed sentence; the answer says how long it took, or what is wrong.")
  RemoteCheck check(AccessScope scope, @PathVariable UUID id) {
    NotAllowed.unlessAdministrator(scope);
    return remotes.check(id);
  }

  @PutMapping("/{id}/active")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      summary = "Activate a remote generator: text leaves the machine (administrators)",
      description =
          "The model that was active finishes what it began. DELETE /models/active deactivates it.")
  RemoteGenerator activate(AccessScope scope, @PathVariable UUID id) {
    NotAllowed.unlessAdministrator(scope);
    var remote = remotes.activate(scope.requirePerson(), id);
    models.hurry(KnownModel.of(remote));
    return remote;
  }
}
