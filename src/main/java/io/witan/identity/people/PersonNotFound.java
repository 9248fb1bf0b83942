package io.witan.identity.people;

import io.witan.shared.Failure;

/** No person has this id. */
public final class PersonNotFound extends Failure {
  private static final long serialVersionUID = 1L;

  public PersonNotFound(String id) {
    super("person-not-found", Kind.NOT_FOUND, "Person not found", "There is no person " + id + ".");
  }
}
