package io.witan.catalogue;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.witan.identity.AccessScope;
import io.witan.shared.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
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

@RestController
@RequestMapping("/api/v1/collections")
@Tag(name = "Collections")
class CollectionsController {
  private final CollectionCatalogue catalogue;
  private final CollectionStewardship stewardship;
  private final ReaderCounts readers;

  CollectionsController(
      CollectionCatalogue catalogue, CollectionStewardship stewardship, ReaderCounts readers) {
    this.catalogue = catalogue;
    this.stewardship = stewardship;
    this.readers = readers;
  }

  record NewCollection(
      @NotBlank @Size(max = 120) String name, @Nullable @Size(max = 2000) String description) {}

  record CollectionEdit(
      @Nullable @Size(max = 120) @Pattern(regexp = ".*\\S.*", message = "must not be blank")
          String name,
      @Nullable @Size(max = 2000) String description,
      @Nullable Boolean mayLeave) {}

  record PermissionList(List<Permission> items) {}

  record GranteeRef(@NotNull Grantee.Kind kind, @Nullable UUID id) {}

  record PermissionGrant(@NotNull @Valid GranteeRef grantee, @NotNull Access access) {}

  record PermissionGrants(@NotNull @Size(max = 1000) List<@NotNull @Valid PermissionGrant> items) {}

  @GetMapping
  @Operation(summary = "The collections that you may read, by name")
  Page<Collection> list(AccessScope scope) {
    var collections = catalogue.readable(scope);
    var counts = readers.of(scope, collections.stream().map(CollectionSummary::id).toList());
    return Page.all(
        collections.stream()
            .map(c -> Collection.of(c, counts.getOrDefault(c.id(), Collection.Readers.NONE)))
            .toList());
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "Create a collection that you manage")
  Collection create(AccessScope scope, @Valid @RequestBody NewCollection wanted) {
    var description = wanted.description();
    return view(
        scope,
        stewardship.create(
            scope, wanted.name().strip(), description == null ? "" : description.strip()));
  }

  @GetMapping("/{id}")
  @Operation(summary = "A collection")
  Collection find(AccessScope scope, @PathVariable UUID id) {
    return view(scope, catalogue.require(scope, new CollectionId(id), Access.READ));
  }

  @PatchMapping("/{id}")
  @Operation(
      summary = "Change a collection that you manage: name, description, whether it may leave")
  Collection change(
      AccessScope scope, @PathVariable UUID id, @Valid @RequestBody CollectionEdit edit) {
    return view(
        scope,
        stewardship.change(
            scope,
            new CollectionId(id),
            stripped(edit.name()),
            stripped(edit.description()),
            edit.mayLeave()));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Delete a collection that you manage, with everything in it")
  void delete(AccessScope scope, @PathVariable UUID id) {
    stewardship.delete(scope, new CollectionId(id));
  }

  @GetMapping("/{id}/permissions")
  @Operation(summary = "Who may do what with a collection that you manage")
  PermissionList permissions(AccessScope scope, @PathVariable UUID id) {
    return new PermissionList(stewardship.permissions(scope, new CollectionId(id)));
  }

  @PutMapping("/{id}/permissions")
  @Operation(summary = "Replace who may do what with a collection that you manage")
  PermissionList replacePermissions(
      AccessScope scope, @PathVariable UUID id, @Valid @RequestBody PermissionGrants wanted) {
    var grants =
        wanted.items().stream()
            .map(
                grant ->
                    new Permissions.Grant(
                        new Grantee(grant.grantee().kind(), grant.grantee().id()), grant.access()))
            .toList();
    return new PermissionList(stewardship.replacePermissions(scope, new CollectionId(id), grants));
  }

  private Collection view(AccessScope scope, CollectionSummary summary) {
    return Collection.of(
        summary,
        readers
            .of(scope, List.of(summary.id()))
            .getOrDefault(summary.id(), Collection.Readers.NONE));
  }

  private static @Nullable String stripped(@Nullable String text) {
    return text == null ? null : text.strip();
  }
}
