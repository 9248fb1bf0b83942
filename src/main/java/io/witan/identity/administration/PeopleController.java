package io.witan.identity.administration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.witan.identity.AccessScope;
import io.witan.identity.PersonId;
import io.witan.identity.Role;
import io.witan.identity.people.Group;
import io.witan.identity.signin.OneTimeLinks;
import io.witan.shared.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/people")
@Tag(name = "People")
class PeopleController {
  private final PeopleAdministration people;

  PeopleController(PeopleAdministration people) {
    this.people = people;
  }

  record NewPerson(
      @NotBlank @Email @Size(max = 254) String email,
      @NotBlank @Size(max = 100) String displayName,
      @NotNull Role role) {}

  record PersonChange(
      @Nullable @Size(max = 100) @Pattern(regexp = ".*\\S.*", message = "must not be blank")
          String displayName,
      @Nullable Role role,
      @Nullable Boolean active) {}

  /** Where a person chooses a password: a path of this server, so that no Host header gets in. */
  record InvitationLink(String link, Instant expiresAt) {
    static InvitationLink of(OneTimeLinks.Issued issued) {
      return new InvitationLink("/invite#" + issued.token(), issued.expiresAt());
    }
  }

  record InvitedPerson(Person person, InvitationLink invitation) {}

  @GetMapping
  @Operation(summary = "People, by name (administrators)")
  Page<Person> list(
      AccessScope scope,
      @RequestParam(defaultValue = "") String query,
      @RequestParam @Nullable String cursor,
      @RequestParam @Nullable Integer limit) {
    return people.list(scope, query, cursor, Page.limit(limit));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "Create a person and an invitation (administrators)")
  InvitedPerson create(AccessScope scope, @Valid @RequestBody NewPerson wanted) {
    var invited = people.create(scope, wanted.email(), wanted.displayName(), wanted.role());
    return new InvitedPerson(
        Person.of(invited.account(), List.<Group.Name>of()), InvitationLink.of(invited.link()));
  }

  @GetMapping("/{id}")
  @Operation(summary = "A person (administrators)")
  Person find(AccessScope scope, @PathVariable UUID id) {
    return people.find(scope, new PersonId(id));
  }

  @PatchMapping("/{id}")
  @Operation(summary = "Change a person's name or role, or deactivate them (administrators)")
  Person change(AccessScope scope, @PathVariable UUID id, @Valid @RequestBody PersonChange change) {
    return people.change(
        scope,
        new PersonId(id),
        new PeopleAdministration.Change(change.displayName(), change.role(), change.active()));
  }

  @PostMapping("/{id}/invitation")
  @Operation(summary = "Make a new link with which the person chooses a password (administrators)")
  InvitationLink invite(AccessScope scope, @PathVariable UUID id) {
    return InvitationLink.of(people.invite(scope, new PersonId(id)));
  }
}
