package io.witan.identity.administration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.witan.identity.AccessScope;
import io.witan.identity.GroupId;
import io.witan.identity.PersonId;
import io.witan.identity.people.Group;
import io.witan.shared.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
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
@RequestMapping("/api/v1/groups")
@Tag(name = "Groups")
class GroupsController {
  private final GroupAdministration groups;

  GroupsController(GroupAdministration groups) {
    this.groups = groups;
  }

  record GroupEdit(@NotBlank @Size(max = 100) String name) {}

  record GroupMembers(@NotNull @Size(max = 10_000) List<@NotNull UUID> personIds) {}

  @GetMapping
  @Operation(summary = "Groups with their members, by name (administrators)")
  Page<Group> list(AccessScope scope) {
    return Page.all(groups.list(scope));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "Create a group (administrators)")
  Group create(AccessScope scope, @Valid @RequestBody GroupEdit wanted) {
    return groups.create(scope, wanted.name().strip());
  }

  @PatchMapping("/{id}")
  @Operation(summary = "Rename a group (administrators)")
  Group rename(AccessScope scope, @PathVariable UUID id, @Valid @RequestBody GroupEdit wanted) {
    return groups.rename(scope, new GroupId(id), wanted.name().strip());
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Delete a group and the permissions given to it (administrators)")
  void delete(AccessScope scope, @PathVariable UUID id) {
    groups.delete(scope, new GroupId(id));
  }

  @PutMapping("/{id}/members")
  @Operation(summary = "Replace the members of a group (administrators)")
  Group replaceMembers(
      AccessScope scope, @PathVariable UUID id, @Valid @RequestBody GroupMembers members) {
    return groups.replaceMembers(
        scope, new GroupId(id), members.personIds().stream().map(PersonId::new).toList());
  }
}
