package io.witan.models.remote;

import io.witan.shared.Failure;

/** No remote generator has that id. */
public final class RemoteNotFound extends Failure {
  private static final long serialVersionUID = 1L;

  RemoteNotFound() {
    super(
        "remote-generator-not-found",
        Kind.NOT_FOUND,
        "Remote model not found",
        "There is no such remote model; it may have been removed.");
  }
}
