package io.witan.identity.people;

import io.witan.shared.Failure;

/** Another group has this name. */
public final class GroupNameTaken extends Failure {
  private static final long serialVersionUID = 1L;

  public GroupNameTaken(String name) {
    super(
        "group-name-taken",
        Kind.CONFLICT,
        "Name taken",
        "There is already a group named “" + name + "”.");
  }
}
