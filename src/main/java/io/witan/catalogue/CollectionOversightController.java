package io.witan.catalogue;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.witan.identity.AccessScope;
import io.witan.identity.NotAllowed;
import io.witan.identity.ScopedTransactions;
import io.witan.shared.Page;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lets administrators find collections nobody looks after; what is in them stays closed. */
@RestController
@RequestMapping("/api/v1/admin/collections")
@Tag(name = "Collections")
class CollectionOversightController {
  private final CollectionCatalogue catalogue;
  private final CollectionStewardship stewardship;
  private final Permissions permissions;
  private final ScopedTransactions transactions;

  CollectionOversightController(
      CollectionCatalogue catalogue,
      CollectionStewardship stewardship,
      Permissions permissions,
      ScopedTransactions transactions) {
    this.catalogue = catalogue;
    this.stewardship = stewardship;
    this.permissions = permissions;
    this.transactions = transactions;
  }

  /** A collection without anything of its content; {@code access} is null if it is closed. */
  record OverseenCollection(
      UUID id,
      String name,
      List<Permission.NamedGrantee> managers,
      @Nullable Access access,
      boolean sample) {}

  @GetMapping
  @Operation(summary = "Every collection and its managers (administrators)")
  Page<OverseenCollection> list(AccessScope scope) {
    NotAllowed.unlessAdministrator(scope);
    var own =
        catalogue.readable(scope).stream()
            .collect(Collectors.toMap(CollectionSummary::id, CollectionSummary::access));
    var worker = AccessScope.worker("list collections for an administrator");
    return transactions.read(
        worker,
        () ->
            Page.all(
                catalogue.readable(worker).stream()
                    .map(
                        c ->
                            new OverseenCollection(
                                c.id().value(),
                                c.name(),
                                managers(c.id()),
                                own.get(c.id()),
                                c.sample()))
                    .toList()));
  }

  private List<Permission.NamedGrantee> managers(CollectionId id) {
    return permissions.of(id).stream()
        .filter(permission -> permission.access() == Access.MANAGE)
        .map(Permission::grantee)
        .toList();
  }

  @PostMapping("/{id}/take-over")
  @Operation(summary = "Become a manager of a collection; audited (administrators)")
  CollectionTakeOver takeOver(AccessScope scope, @PathVariable UUID id) {
    var collection = stewardship.takeOver(scope, new CollectionId(id));
    return new CollectionTakeOver(collection.id().value(), collection.name(), collection.access());
  }

  record CollectionTakeOver(UUID id, String name, Access access) {}
}
