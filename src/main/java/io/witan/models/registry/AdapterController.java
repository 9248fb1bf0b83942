package io.witan.models.registry;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.witan.identity.AccessScope;
import io.witan.identity.NotAllowed;
import io.witan.shared.Page;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Adapters by REST, for administrators. */
@RestController
@RequestMapping("/api/v1/models")
@Tag(name = "Models")
class AdapterController {
  private final AdapterRegistry adapters;
  private final ModelRegistry models;

  AdapterController(AdapterRegistry adapters, ModelRegistry models) {
    this.adapters = adapters;
    this.models = models;
  }

  @GetMapping("/registry/{id}/adapters")
  @Operation(summary = "List the adapters of a model (administrators)")
  Page<RegisteredAdapter> list(AccessScope scope, @PathVariable UUID id) {
    NotAllowed.unlessAdministrator(scope);
    return Page.all(adapters.of(models.find(id.toString()).id()));
  }

  /** The file is the body: adapters may be large, and it is written down as it arrives. */
  @PostMapping(
      path = "/registry/{id}/adapters",
      consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "Add a LoRA adapter (GGUF) to a model (administrators)")
  RegisteredAdapter add(
      AccessScope scope,
      @PathVariable UUID id,
      @RequestBody(required = false) @Nullable InputStreamResource file,
      @RequestParam String fileName,
      @RequestParam(required = false) @Nullable String name,
      HttpServletRequest request)
      throws IOException {
    NotAllowed.unlessAdministrator(scope);
    try (var in = file == null ? InputStream.nullInputStream() : file.getInputStream()) {
      return adapters.add(
          scope.requirePerson(), id.toString(), in, request.getContentLengthLong(), fileName, name);
    }
  }

  @DeleteMapping("/adapters/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Remove an adapter and its file (administrators)")
  void remove(AccessScope scope, @PathVariable UUID id) {
    NotAllowed.unlessAdministrator(scope);
    adapters.remove(scope.requirePerson(), id);
  }
}
