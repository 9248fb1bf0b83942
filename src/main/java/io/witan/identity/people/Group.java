package io.witan.identity.people;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;

/** A group of people, as administrators see it. */
public record Group(UUID id, String name, List<Member> members) {
  public Group {
    members = List.copyOf(members);
  }

  /** A person in a group. */
  @Schema(name = "GroupMember")
  public record Member(UUID id, String displayName, String email) {}

  /** A group without its members. */
  @Schema(name = "GroupName")
  public record Name(UUID id, String name) {}
}
