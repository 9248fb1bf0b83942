package io.witan.identity.keys;

import io.witan.shared.Failure;

/** The person has no API key with this id. */
public final class ApiKeyNotFound extends Failure {
  private static final long serialVersionUID = 1L;

  public ApiKeyNotFound(String id) {
    super(
        "api-key-not-found",
        Kind.NOT_FOUND,
        "API key not found",
        "You have no API key " + id + ".");
  }
}
