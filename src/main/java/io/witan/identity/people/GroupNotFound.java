package io.witan.identity.people;

import io.witan.shared.Failure;

/** No group has this id. */
public final class GroupNotFound extends Failure {
  private static final long serialVersionUID = 1L;

  public GroupNotFound(String id) {
    super("group-not-found", Kind.NOT_FOUND, "Group not found", "There is no group " + id + ".");
  }
}
