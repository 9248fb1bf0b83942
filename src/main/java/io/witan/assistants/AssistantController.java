package io.witan.assistants;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.witan.identity.AccessScope;
import io.witan.identity.NotAllowed;
import io.witan.shared.Page;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Assistants by REST: everyone picks, administrators define. */
@RestController
@RequestMapping("/api/v1/assistants")
@Tag(name = "Assistants")
class AssistantController {
  private final Assistants assistants;

  AssistantController(Assistants assistants) {
    this.assistants = assistants;
  }

  @GetMapping
  @Operation(summary = "List the assistants, the default first")
  Page<Assistant> list(AccessScope scope) {
    return Page.all(assistants.all(scope));
  }

  @GetMapping("/{id}")
  @Operation(summary = "Show an assistant")
  Assistant get(AccessScope scope, @PathVariable UUID id) {
    return assistants.get(scope, new AssistantId(id));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "Define an assistant (administrators)")
  Assistant create(AccessScope scope, @RequestBody AssistantRequest request) {
    NotAllowed.unlessAdministrator(scope);
    return assistants.create(scope, request);
  }

  @PatchMapping("/{id}")
  @Operation(summary = "Change an assistant; makes a new version (administrators)")
  Assistant change(
      AccessScope scope, @PathVariable UUID id, @RequestBody AssistantRequest request) {
    NotAllowed.unlessAdministrator(scope);
    return assistants.change(scope, new AssistantId(id), request);
  }

  @GetMapping("/{id}/versions")
  @Operation(summary = "List what an assistant was, newest first (administrators)")
  Page<AssistantVersion> versions(
      AccessScope scope,
      @PathVariable UUID id,
      @RequestParam @Nullable String cursor,
      @RequestParam @Nullable Integer limit) {
    NotAllowed.unlessAdministrator(scope);
    return assistants.versions(scope, new AssistantId(id), cursor, Page.limit(limit));
  }

  @PostMapping("/{id}/versions/{number}/restore")
  @Operation(summary = "Define an assistant as it was; makes a new version (administrators)")
  Assistant restore(AccessScope scope, @PathVariable UUID id, @PathVariable int number) {
    NotAllowed.unlessAdministrator(scope);
    return assistants.restore(scope, new AssistantId(id), number);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Delete an assistant (administrators)")
  void delete(AccessScope scope, @PathVariable UUID id) {
    NotAllowed.unlessAdministrator(scope);
    assistants.delete(scope, new AssistantId(id));
  }
}
