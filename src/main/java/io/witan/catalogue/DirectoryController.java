package io.witan.catalogue;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.witan.identity.AccessScope;
import io.witan.identity.NotAllowed;
import io.witan.identity.People;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Finds whom a permission can be given to, for those who may give one. */
@RestController
@RequestMapping("/api/v1/directory")
@Tag(name = "Collections")
class DirectoryController {
  private final CollectionCatalogue catalogue;
  private final People people;

  DirectoryController(CollectionCatalogue catalogue, People people) {
    this.catalogue = catalogue;
    this.people = people;
  }

  /**
   * Somebody in the directory.
   *
   * @param detail a person's e-mail, a group's number of members
   */
  record DirectoryEntry(Grantee.Kind kind, UUID id, String name, String detail) {}

  record Directory(List<DirectoryEntry> items) {}

  @GetMapping
  @Operation(summary = "People and groups by name or e-mail, for managers of a collection")
  Directory find(AccessScope scope, @RequestParam(defaultValue = "") String query) {
    boolean manages =
        scope.isAdministrator()
            || catalogue.readable(scope).stream().anyMatch(c -> c.access() == Access.MANAGE);
    if (!manages) {
      throw new NotAllowed("Only managers of a collection and administrators may look people up.");
    }
    return new Directory(
        people.directory(query).stream()
            .map(
                entry ->
                    new DirectoryEntry(
                        entry.isGroup() ? Grantee.Kind.GROUP : Grantee.Kind.PERSON,
                        entry.id(),
                        entry.name(),
                        entry.detail()))
            .toList());
  }
}
